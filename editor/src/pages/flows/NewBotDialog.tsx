import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createNamed } from '../../api/flows.ts';
import { errorWords } from '../../ui/error-words.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { goTo } from '../../ui/use-address.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { usePhone } from '../../ui/use-phone.ts';
import { type Beginning, firstBot, wordsIn } from './first-bot.ts';
import { closeOver, openOver, pathOfBot } from './list-address.ts';
import classes from './new-bot-dialog.module.css';
import { BOTS } from './use-bot-list.ts';

const BEGINNINGS: readonly Beginning[] = ['keyword', 'any', 'first'];
const MAX_WORDS = 1_000; // letters of the field

/** A name and what begins it; the rest is the canvas's. */
export function NewBotDialog() {
  const { t } = useTranslation('flows');
  const client = useQueryClient();
  const isPhone = usePhone();
  useFocusBack();
  const [name, setName] = useState('');
  const [beginning, setBeginning] = useState<Beginning>('keyword');
  const [words, setWords] = useState('');
  const [isChecked, setChecked] = useState(false);
  const keywords = wordsIn(words);
  const needsName = name.trim() === '';
  const needsWords = beginning === 'keyword' && keywords.length === 0;
  const making = useMutation({
    mutationFn: () => createNamed(name.trim(), firstBot(name.trim(), beginning, keywords)),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: BOTS });
      goTo(pathOfBot(id));
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (!needsName && !needsWords) making.mutate();
    else event.currentTarget.querySelector<HTMLInputElement>(`[name=${needsName ? 'name' : 'words'}]`)?.focus();
  };
  return (
    <Modal
      opened
      onClose={closeOver}
      title={t('create.title')}
      fullScreen={isPhone}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            name="name"
            label={t('create.name')}
            placeholder={t('create.placeholder')}
            dir="auto"
            maxLength={200}
            data-autofocus
            value={name}
            error={isChecked && needsName && t('create.needName')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label={t('create.start')}
            value={beginning}
            onChange={(value) => setBeginning(BEGINNINGS.find((one) => one === value) ?? 'keyword')}
          >
            <Stack gap={0} mt="xs">
              {BEGINNINGS.map((one) => (
                <Radio key={one} value={one} className={classes.beginning} label={t(`create.starts.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {beginning === 'keyword' && (
            <TextInput
              name="words"
              label={t('create.words')}
              description={t('create.wordsHint')}
              dir="auto"
              maxLength={MAX_WORDS}
              value={words}
              error={isChecked && needsWords && t('create.needWords')}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
          {making.error && <Trouble text={errorWords(making.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeOver}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={making.isPending}>
              {t('create.make')}
            </Button>
          </Group>
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">
              {t('create.or')}
            </Text>
            <Button variant="subtle" size="sm" className={classes.gallery} onClick={() => openOver('gallery')}>
              {t('create.gallery')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
