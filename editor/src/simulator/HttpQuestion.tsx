import { Button, Group, Text, TextInput } from '@mantine/core';
import type { HttpReply, HttpRequest, Json } from '@parley/runtime';
import { JsonArea } from '../ui/JsonArea.tsx';
import { useFields } from '../ui/use-fields.ts';
import classes from './http-question.module.css';
import { words } from './words.ts';

const say = words.http;
const INITIAL = { status: '200', json: '{}' };
const CHECKS = {
  status: (value: string) => (/^[1-5]\d\d$/.test(value.trim()) ? null : say.statusWrong),
  json: (value: string) => (value.trim() === '' || isJson(value) ? null : say.jsonWrong),
};

interface HttpQuestionProps {
  request: HttpRequest;
  /** Messages that wait for the answer. */
  queued: number;
  onAnswer: (reply: HttpReply | null) => void;
}

/** The flow asks another system; here the person who tries it answers for that system. */
export function HttpQuestion({ request, queued, onAnswer }: HttpQuestionProps) {
  const { form, field, onSubmit } = useFields(INITIAL, CHECKS);
  const send = ({ status, json }: typeof INITIAL) => {
    const value: Json = json.trim() === '' ? null : JSON.parse(json);
    onAnswer({ status: Number(status), headers: {}, text: json.trim(), json: value });
  };
  const { method, url, headers, body } = request;
  return (
    <form
      ref={form}
      className={classes.card}
      onSubmit={onSubmit(send)}
      noValidate
      aria-label={`${say.asks} ${method} ${url}`}
    >
      <Text size="sm" fw={600}>
        {say.asks}
      </Text>
      <code className={classes.address}>
        <strong>{method}</strong> {url}
      </code>
      {body !== null && <Detail name={say.body} text={body} />}
      {Object.keys(headers).length > 0 && (
        <Detail
          name={say.headers}
          text={Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        />
      )}
      <div className={classes.fields}>
        <TextInput
          className={classes.status}
          label={say.status}
          inputMode="numeric"
          maxLength={3}
          {...field('status')}
        />
        <JsonArea label={say.json} rows={3} {...field('json')} />
      </div>
      {queued > 0 && (
        <Text size="xs" c="dimmed" role="status">
          {words.queued(queued)}
        </Text>
      )}
      <Group gap="xs">
        <Button type="submit" size="xs">
          {say.send}
        </Button>
        <Button size="xs" variant="default" onClick={() => onAnswer(null)}>
          {say.none}
        </Button>
      </Group>
    </form>
  );
}

function Detail({ name, text }: { name: string; text: string }) {
  return (
    <details className={classes.detail}>
      <summary>{name}</summary>
      <pre>{text}</pre>
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
