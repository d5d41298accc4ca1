import { Button, Stack } from '@mantine/core';
import type { ContentOf, JsonObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { JsonArea } from '../ui/JsonArea.tsx';
import { readJsonObject } from '../ui/read-json.ts';
import { useFields } from '../ui/use-fields.ts';
import classes from './list-sheet.module.css';
import { Sheet } from './Sheet.tsx';

interface FormSheetProps {
  form: ContentOf<'form'> | null;
  onClose: () => void;
  onAnswer: (answers: JsonObject) => void;
}

/** The form itself is drawn by WhatsApp and known there only; here its answers are written as it would send them. */
export function FormSheet({ form, onClose, onAnswer }: FormSheetProps) {
  return (
    <Sheet title={form?.button ?? null} onClose={onClose}>
      <Answers
        onAnswer={(answers) => {
          onClose();
          onAnswer(answers);
        }}
      />
    </Sheet>
  );
}

function Answers({ onAnswer }: Pick<FormSheetProps, 'onAnswer'>) {
  const { t } = useTranslation('chat');
  const checks = { answers: (value: string) => (answersIn(value) === null ? t('form.wrong') : null) };
  const { form, field, onSubmit } = useFields({ answers: '{}' }, checks);
  return (
    <form ref={form} onSubmit={onSubmit(({ answers }) => onAnswer(answersIn(answers) ?? {}))} noValidate>
      <Stack gap="sm" className={classes.answers}>
        <JsonArea label={t('form.answers')} rows={4} {...field('answers')} />
        <Button type="submit">{t('form.send')}</Button>
      </Stack>
    </form>
  );
}

function answersIn(text: string): JsonObject | null {
  const read = readJsonObject(text);
  return read.ok ? (read.value as JsonObject) : null;
}
