import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import type { HttpReply, HttpRequest } from '@parley/runtime';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JsonArea } from '../ui/JsonArea.tsx';
import { useFields } from '../ui/use-fields.ts';
import { type KeptAnswer, replyOf } from './answer-memory.ts';
import classes from './http-question.module.css';

const EMPTY = { status: '200', json: '{}' };

interface HttpQuestionProps {
  request: HttpRequest;
  /** What was answered the last time. */
  known?: KeptAnswer | null;
  /** Messages that wait for the answer. */
  queued: number;
  /** `kept` is null where no answer came. */
  onAnswer: (reply: HttpReply | null, kept: KeptAnswer | null) => void;
  /** Whether the same answer can be given without asking. */
  remembers?: boolean;
}

/** The flow asks another system; here the person who tries it answers for that system. */
export function HttpQuestion({ request, known = null, queued, onAnswer, remembers = false }: HttpQuestionProps) {
  const { t } = useTranslation('simulator');
  const checks = {
    status: (value: string) => (/^[1-5]\d\d$/.test(value.trim()) ? null : t('http.statusWrong')),
    json: (value: string) => (value.trim() === '' || isJson(value) ? null : t('http.jsonWrong')),
  };
  const initial = known ? { status: String(known.status), json: known.text } : EMPTY;
  const { form, field, onSubmit } = useFields(initial, checks);
  const [isAutomatic, setAutomatic] = useState(false);
  const title = useId();
  const { method, url, headers, body } = request;
  const send = ({ status, json }: typeof EMPTY) => {
    const kept = { status: Number(status), text: json.trim(), isAutomatic };
    onAnswer(replyOf(kept), kept);
  };
  return (
    <form ref={form} className={classes.card} onSubmit={onSubmit(send)} noValidate aria-labelledby={title}>
      <div id={title} className={classes.title}>
        <Text size="sm" fw={600}>
          {t('http.asks')}
        </Text>{' '}
        <code className={classes.address} dir="ltr">
          <strong>{method}</strong> {url}
        </code>
      </div>
      {body !== null && <Detail name={t('http.body')} text={body} />}
      {Object.keys(headers).length > 0 && (
        <Detail
          name={t('http.headers')}
          text={Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        />
      )}
      {known && (
        <Text size="xs" c="dimmed">
          {t('http.known')}
        </Text>
      )}
      <div className={classes.fields}>
        <TextInput
          className={classes.status}
          label={t('http.status')}
          inputMode="numeric"
          maxLength={3}
          {...field('status')}
        />
        <JsonArea label={t('http.json')} rows={3} dir="ltr" {...field('json')} />
      </div>
      {remembers && (
        <Checkbox
          size="xs"
          label={t('http.automatic')}
          checked={isAutomatic}
          onChange={(event) => setAutomatic(event.currentTarget.checked)}
        />
      )}
      {queued > 0 && (
        <Text size="xs" c="dimmed" role="status">
          {t('queued', { count: queued })}
        </Text>
      )}
      <Group gap="xs">
        <Button type="submit" size="xs">
          {t('http.send')}
        </Button>
        <Button size="xs" variant="default" onClick={() => onAnswer(null, null)}>
          {t('http.none')}
        </Button>
      </Group>
    </form>
  );
}

function Detail({ name, text }: { name: string; text: string }) {
  return (
    <details className={classes.detail}>
      <summary>{name}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre dir="ltr" tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
