import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createFlow } from '../api/flows.ts';
import { extractSubflow } from '../document/extract-subflow.ts';
import { nodesIn } from '../document/groups.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { errorWords } from '../ui/error-words.ts';
import { useCanvasStore } from './canvas-state.ts';
import type { Actions } from './use-actions.ts';

/** Makes what is selected a bot of its own, which this one runs in its place. Says why where it cannot. */
export function ExtractDialog({ actions }: { actions: Actions }) {
  const { t } = useTranslation('canvas');
  const canvas = useCanvasStore();
  const { workbench } = useOpenFlow();
  const [name, setName] = useState('');
  const [ids] = useState(() => [...nodesIn(actions.flow(), actions.selection())]);
  const tried = extractSubflow(actions.flow(), ids, nodeTypes, name.trim() || t('extract.untitled'));
  const close = () => {
    canvas.set({ overlay: null });
    const { active } = canvas.now();
    if (active) actions.focus(active);
  };
  const making = useMutation({
    mutationFn: async () => {
      const extracted = extractSubflow(actions.flow(), ids, nodeTypes, name.trim() || t('extract.untitled'));
      if (!extracted.ok) return;
      const made = await createFlow(extracted.document);
      const edits = extracted.edits(made.id);
      if (!actions.apply(edits, 'extract', t('told.extracted', { name: made.name }))) return;
      const added = edits.find((edit) => edit.edit === 'addNode');
      if (added?.edit !== 'addNode') return;
      workbench.select({ nodes: [added.node.id] });
      canvas.set({ active: added.node.id });
    },
    onSuccess: close,
  });
  return (
    <Modal opened onClose={close} title={t('extract.title')} returnFocus={false}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (tried.ok) making.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t('extract.text', { count: ids.length })}</Text>
          <TextInput
            label={t('extract.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={200}
            data-autofocus
          />
          {!tried.ok && (
            <Text role="alert" size="sm" c="var(--mantine-color-error)">
              {t(`extract.refused.${tried.reason}`)}
            </Text>
          )}
          {making.error && (
            <Text role="alert" size="sm" c="var(--mantine-color-error)">
              {errorWords(making.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('extract.cancel')}
            </Button>
            <Button type="submit" disabled={!tried.ok} loading={making.isPending}>
              {t('extract.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
