import { Button, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedFlow } from '../../api/flows.ts';
import { JsonArea } from '../../ui/JsonArea.tsx';
import { MessageList } from '../../ui/MessageList.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { ConflictNote } from './ConflictNote.tsx';
import classes from './document-form.module.css';
import { useDocumentForm } from './use-document-form.ts';

interface DocumentFormProps {
  flow: SavedFlow;
  onDirty: (isDirty: boolean) => void;
}

export function DocumentForm({ flow, onDirty }: DocumentFormProps) {
  const { t } = useTranslation('flows');
  const form = useDocumentForm(flow, onDirty);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current?.setSelectionRange(0, 0);
    area.current?.focus();
  }, []);
  const goTo = (node: string) => {
    const found = new RegExp(`"id"\\s*:\\s*${JSON.stringify(node)}`).exec(form.text);
    if (found) select(area.current, found.index, found.index + found[0].length);
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        form.save();
      }}
    >
      <div className={classes.fields}>
        {form.conflict && (
          <ConflictNote conflict={form.conflict} onReload={form.takeTheirs} onOverwrite={form.saveOverTheirs} />
        )}
        {form.trouble && <Trouble text={form.trouble} />}
        <JsonArea
          ref={area}
          label={t('editing.label')}
          dir="ltr"
          value={form.text}
          error={form.fault?.message}
          onChange={(event) => form.change(event.currentTarget.value)}
        />
        {form.problems.length > 0 && (
          <section className={classes.problems}>
            <MessageList
              label={t('editing.problems')}
              toneNames={{ error: t('editing.tones.error'), warning: t('editing.tones.warning') }}
              messages={form.problems.map(({ severity, message, node, path }) => ({
                tone: severity,
                text: message,
                place: node === null ? path || null : t('editing.node', { node }),
                onGo: node === null ? undefined : () => goTo(node),
              }))}
            />
          </section>
        )}
      </div>
      <footer className={classes.foot}>
        <Text size="xs" c="dimmed">
          {t(form.isDirty ? 'editing.hint' : 'editing.unchanged')}
        </Text>
        <Button type="submit" loading={form.isSaving} disabled={!form.isDirty || form.conflict !== null}>
          {t('editing.save')}
        </Button>
      </footer>
    </form>
  );
}

/** Chromium scrolls to a selection only where the field receives the focus with the caret already there. */
function select(area: HTMLTextAreaElement | null, from: number, to: number): void {
  if (!area) return;
  area.blur();
  area.setSelectionRange(from, to);
  area.focus();
  const line = area.value.slice(0, from).split('\n').length - 1;
  const lines = area.value.split('\n').length;
  area.scrollTop = (area.scrollHeight * line) / lines - area.clientHeight / 3;
  area.scrollLeft = 0;
}
