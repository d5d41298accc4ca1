import { Button, Checkbox, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { Script } from '@parley/runtime';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flowTestsKey } from '../api/flow-tests.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { errorWords } from '../ui/error-words.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { describeStep, isExpectation } from './describe-step.ts';
import classes from './tests-tab.module.css';

type Step = Script['steps'][number];

interface TestFormProps {
  script: Script;
  title: string;
  save: (draft: { title: string; script: Script }) => Promise<unknown>;
  onSaved: () => void;
}

/** A test's title and what it expects: what must be said again, and what may change. */
export function TestForm({ script, title: before, save: keep, onSaved }: TestFormProps) {
  const { t } = useTranslation('simulator');
  const { document } = useOpenFlow();
  const cache = useQueryClient();
  const [title, setTitle] = useState(before);
  const [steps, setSteps] = useState(() => script.steps.map((step) => ({ step, isKept: true })));
  const [isTried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () => {
      const kept = steps.filter(({ isKept }) => isKept).map(({ step }) => step);
      return keep({ title: title.trim(), script: { ...script, title: title.trim(), steps: kept } });
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: flowTestsKey(document.id) });
      onSaved();
    },
  });
  const change = (index: number, part: Partial<{ step: Step; isKept: boolean }>) =>
    setSteps((before) => before.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const isNameless = title.trim() === '';

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isNameless) save.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('save.name')}
          data-autofocus
          maxLength={200}
          value={title}
          error={isTried && isNameless ? t('needed') : null}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {t('save.text')}
        </Text>
        <ol className={classes.steps} aria-label={t('save.steps')}>
          {steps.map(({ step, isKept }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a talk stay where they are
            <li key={index}>
              {isExpectation(step) ? (
                <>
                  <Checkbox
                    checked={isKept}
                    // Its words stand in the field below
                    label={isKept && wordsOf(step) !== null ? t('bot') : describeStep(step, t)}
                    onChange={(event) => change(index, { isKept: event.currentTarget.checked })}
                  />
                  {isKept && 'out' in step && wordsOf(step) !== null && (
                    <Textarea
                      size="xs"
                      autosize={false}
                      rows={2}
                      aria-label={t('save.expected', { number: index + 1 })}
                      value={wordsOf(step) ?? ''}
                      onChange={({ currentTarget: { value } }) =>
                        change(index, { step: { out: { ...step.out, text: value } } })
                      }
                    />
                  )}
                </>
              ) : (
                <Text size="sm">{describeStep(step, t)}</Text>
              )}
            </li>
          ))}
        </ol>
        {save.error && <Trouble text={errorWords(save.error)} />}
        <Button type="submit" loading={save.isPending}>
          {t('save.go')}
        </Button>
      </Stack>
    </form>
  );
}

/** What the bot says, where it can be edited as words. */
const wordsOf = (step: Step): string | null =>
  'out' in step && typeof step.out.text === 'string' ? step.out.text : null;
