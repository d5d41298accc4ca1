import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { Channel, Diagnostic } from '../../api/channels.ts';
import { CheckIcon, ErrorIcon, WarningIcon } from '../../ui/icons.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import classes from './check-results.module.css';
import { words } from './words.ts';

const say = words.check;
const SHOWN_OPEN = new Set(['failing', 'warning']);

interface CheckResultsProps {
  channel: Channel;
  isChecking: boolean;
  onCheck: () => void;
}

/** The diagnostics by topic: what is wrong stands open with its remedy, the rest folds away. */
export function CheckResults({ channel: { check }, isChecking, onCheck }: CheckResultsProps) {
  const { diagnostics, at } = check;
  const topics = [...new Set(diagnostics.map(({ topic }) => topic))];
  const isWell = diagnostics.length > 0 && !diagnostics.some(({ result }) => SHOWN_OPEN.has(result));
  return (
    <Stack gap="sm" component="section" aria-labelledby="check">
      <Group justify="space-between">
        <div>
          <Title order={3} size="h5" id="check">
            {say.title}
          </Title>
          <Text size="sm" c="dimmed">
            {at ? (
              <>
                {say.at} <RelativeTime at={at} now={new Date()} />
              </>
            ) : (
              say.never
            )}
          </Text>
        </div>
        <Button variant="default" size="xs" onClick={onCheck} loading={isChecking}>
          {say.now}
        </Button>
      </Group>
      {isWell && <Text size="sm">{say.allWell}</Text>}
      {topics.map((topic) => (
        <Topic key={topic} name={topic} diagnostics={diagnostics.filter((one) => one.topic === topic)} />
      ))}
    </Stack>
  );
}

function Topic({ name, diagnostics }: { name: string; diagnostics: readonly Diagnostic[] }) {
  const open = diagnostics.filter(({ result }) => SHOWN_OPEN.has(result));
  const folded = diagnostics.filter(({ result }) => !SHOWN_OPEN.has(result));
  return (
    <section className={classes.topic} aria-label={name}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      {open.length > 0 && (
        <ul className={classes.list}>
          {open.map((one) => (
            <Result key={one.id} {...one} />
          ))}
        </ul>
      )}
      {folded.length > 0 && (
        <details className={classes.folded}>
          <summary>{say.rest(folded.length)}</summary>
          <ul className={classes.list}>
            {folded.map((one) => (
              <Result key={one.id} {...one} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const ICONS = { ok: CheckIcon, failing: ErrorIcon, warning: WarningIcon, unknown: null, 'not-applicable': null };

function Result({ title, result, message, remedy }: Diagnostic) {
  const Icon = ICONS[result];
  return (
    <li className={classes.result} data-result={result}>
      <span className={classes.icon}>{Icon ? <Icon size={16} /> : '–'}</span>
      <div className={classes.words}>
        <Text size="sm" fw={500}>
          {title} <span className={classes.verdict}>{say.results[result]}</span>
        </Text>
        <Text size="sm" c="dimmed">
          {message}
        </Text>
        {remedy && SHOWN_OPEN.has(result) && (
          <Text size="sm">
            <b>{say.remedy}</b> {remedy}
          </Text>
        )}
      </div>
    </li>
  );
}
