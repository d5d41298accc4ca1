import { ActionIcon, Button, Checkbox, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '../document/problem-words.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { say } from '../ui/notices.ts';
import classes from './find.module.css';
import { MatchList } from './MatchList.tsx';
import { RenameVariable } from './RenameVariable.tsx';
import { replaceMatches } from './replace-matches.ts';
import { useFind } from './use-find.ts';
import { useUndoing } from './use-undoing.ts';

/** Finds a text wherever the bot says or names something, and puts another in its place. */
export default function FindPanel() {
  const { t } = useTranslation('find');
  const { document, workbench } = useOpenFlow();
  const { flow, wanted, set, matches, at, goTo } = useFind();
  const [by, setBy] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const inWords = useProblemWords();
  const undoing = useUndoing();
  const steps = new Set(matches.map(({ node }) => node?.id)).size;
  const scope = wanted.inTexts && wanted.inVariables ? 'all' : wanted.inTexts ? 'texts' : 'variables';
  const replaceable = matches.filter(({ place }) => place.kind !== 'variable');

  const replace = (chosen: typeof matches) => {
    const problem = document.apply(replaceMatches(flow, chosen, by), 'replace');
    setTrouble(problem ? inWords(problem) : null);
    if (!problem) say(t('replaced', { count: chosen.length }), { action: undoing() });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    goTo(event.shiftKey ? at - 1 : at + 1);
  };
  const current = at >= 0 ? matches[at] : undefined;

  return (
    <search className={classes.panel} aria-label={t('title')}>
      <div className={classes.row}>
        <TextInput
          className={classes.grow}
          label={t('find')}
          placeholder={t('findPlaceholder')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={wanted.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          onKeyDown={onKeyDown}
          data-autofocus
          autoFocus
        />
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('previous')}
          disabled={matches.length === 0}
          onClick={() => goTo(at < 0 ? matches.length - 1 : at - 1)}
        >
          <IconChevronUp size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('next')}
          disabled={matches.length === 0}
          onClick={() => goTo(at + 1)}
        >
          <IconChevronDown size={18} aria-hidden />
        </ActionIcon>
      </div>
      <Text size="sm" role="status" className={classes.count}>
        {wanted.text === '' ? t('hint') : t('found', { count: matches.length, steps: t('steps', { count: steps }) })}
      </Text>
      <div className={classes.options}>
        <Checkbox
          label={t('matchCase')}
          checked={wanted.matchCase}
          onChange={(event) => set({ matchCase: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('wholeWord')}
          checked={wanted.wholeWord}
          onChange={(event) => set({ wholeWord: event.currentTarget.checked })}
        />
      </div>
      <SegmentedControl
        fullWidth
        aria-label={t('where')}
        value={scope}
        onChange={(value) => set({ inTexts: value !== 'variables', inVariables: value !== 'texts' })}
        data={(['all', 'texts', 'variables'] as const).map((value) => ({ value, label: t(`scope.${value}`) }))}
      />
      {!workbench.store.getSnapshot().context.isReadOnly && (
        <>
          <TextInput
            label={t('replace')}
            value={by}
            onChange={(event) => setBy(event.currentTarget.value)}
            dir="auto"
            error={trouble}
          />
          <div className={classes.row}>
            <Button
              variant="default"
              disabled={!current || current.place.kind === 'variable'}
              onClick={() => current && replace([current])}
            >
              {by === '' ? t('removeOne') : t('replaceOne')}
            </Button>
            <Button
              variant={by === '' ? 'default' : 'filled'}
              disabled={replaceable.length === 0}
              onClick={() => replace(replaceable)}
            >
              {by === '' ? t('removeAll') : t('replaceAll')}
            </Button>
          </div>
          <RenameVariable name={wanted.text} key={wanted.text} />
        </>
      )}
      <MatchList matches={matches} at={at} onGo={goTo} />
    </search>
  );
}
