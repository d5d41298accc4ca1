import { Button, Group, Modal, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import { useTagCounts } from './use-bot-list.ts';

const MAX_TAGS = 20; // of one bot, as the server has it
const MAX_LETTERS = 40;

interface TagsDialogProps {
  bots: readonly FlowSummary[];
  onClose: () => void;
  onSave: (tags: readonly string[]) => void;
}

/** The tags of one bot, or tags that several get beside their own. */
export function TagsDialog({ bots, onClose, onSave }: TagsDialogProps) {
  const { t } = useTranslation('flows');
  useFocusBack();
  const known = useTagCounts().data ?? [];
  const [bot] = bots;
  const isOne = bots.length === 1;
  const [tags, setTags] = useState<string[]>(isOne && bot ? bot.tags : []);
  const [typed, setTyped] = useState('');
  const all = typed.trim() === '' ? tags : [...tags, typed.trim()];
  const fault = all.some((tag) => [...tag].length > MAX_LETTERS)
    ? t('tagging.tooLong')
    : all.length > MAX_TAGS
      ? t('tagging.tooMany')
      : null;
  const title = isOne && bot ? t('tagging.title', { name: bot.name }) : t('tagging.many', { count: bots.length });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }} centered>
      <TagsInput
        label={isOne ? t('tagging.label') : t('tagging.manyLabel')}
        description={t('tagging.hint')}
        placeholder={t('tagging.placeholder')}
        data-autofocus
        dir="auto"
        data={known.map(({ tag }) => tag)}
        value={tags}
        onChange={setTags}
        searchValue={typed}
        onSearchChange={setTyped}
        isDuplicate={(value, current) => current.some((one) => one.toLowerCase() === value.trim().toLowerCase())}
        splitChars={[',', '،', ';']}
        error={fault}
        comboboxProps={{ withinPortal: true, zIndex: 400 }}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button disabled={fault !== null || (!isOne && all.length === 0)} onClick={() => onSave(all)}>
          {t('tagging.save')}
        </Button>
      </Group>
    </Modal>
  );
}
