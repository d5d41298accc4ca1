import { Button, Stack } from '@mantine/core';
import type { ContentOf, JsonObject } from '@parley/runtime';
import { JsonArea } from '../ui/JsonArea.tsx';
import { readJsonObject } from '../ui/read-json.ts';
import { useFields } from '../ui/use-fields.ts';
import classes from './list-sheet.module.css';
import { Sheet } from './Sheet.tsx';
import { words } from './words.ts';

const say = words.form;
const CHECKS = { answers: (value: string) => (answersIn(value) === null ? say.wrong : null) };

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
  const { form, field, onSubmit } = useFields({ answers: '{}' }, CHECKS);
  return (
    <form ref={form} onSubmit={onSubmit(({ answers }) => onAnswer(answersIn(answers) ?? {}))} noValidate>
      <Stack gap="sm" className={classes.answers}>
        <JsonArea label={say.answers} rows={4} {...field('answers')} />
        <Button type="submit">{say.send}</Button>
      </Stack>
    </form>
  );
}

function answersIn(text: string): JsonObject | null {
  const read = readJsonObject(text);
  return read.ok ? (read.value as JsonObject) : null;
}
