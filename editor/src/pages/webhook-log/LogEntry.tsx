import { Badge, Button, Code, Collapse, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Heard } from '../../api/webhook-log.ts';
import { useFormats } from '../../ui/formats.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { kindOf, problemOf, saidIn, told } from './summary.ts';
import classes from './webhook-log.module.css';

const COLOURS = { new: 'blue', done: 'teal', parked: 'red', raw: 'gray' } as const;

interface LogEntryProps {
  heard: Heard;
  /** The name of the number that it came over, where it still is there. */
  number: string | undefined;
  now: Date;
}

/** One thing that was heard: what, when, what became of it; the whole of it on demand. */
export function LogEntry({ heard, number, now }: LogEntryProps) {
  const { t } = useTranslation('webhook-log');
  const { ago } = useFormats();
  const [open, setOpen] = useState(false);
  const { state, createdAt, attempts, step } = heard;
  const kind = kindOf(heard, t);
  const said = saidIn(heard);
  const problem = problemOf(heard, t);
  const hint = state === 'done' ? null : t(`hints.${state}`);
  return (
    <article className={classes.entry}>
      <div className={classes.what}>
        <Text fw={600} size="sm" component="h2">
          {kind}
          {number !== undefined && (
            <Text span size="sm" c="dimmed" fw={400}>
              {' '}
              {t('over', { number })}
            </Text>
          )}
        </Text>
        {said && (
          <Text size="sm" c="dimmed" className={classes.said} lineClamp={2}>
            <bdi translate="no">{said}</bdi>
          </Text>
        )}
        {problem && (
          <Text size="sm" className={classes.problem}>
            {problem}
          </Text>
        )}
      </div>
      <Badge color={COLOURS[state]} variant="light" className={classes.badge} data-state={state}>
        {t(`states.${state}`)}
      </Badge>
      <Text size="sm" c="dimmed" className={classes.when}>
        <RelativeTime at={createdAt} now={now} />
        {attempts > 1 && ` · ${t('attempts', { count: attempts })}`}
      </Text>
      <Button
        size="xs"
        variant="default"
        className={classes.button}
        aria-expanded={open}
        aria-label={t('detailsOf', { what: kind, when: ago(new Date(createdAt), now) })}
        onClick={() => setOpen(!open)}
      >
        {t('details')}
      </Button>
      <Collapse expanded={open} className={classes.details}>
        {open && (
          <>
            {hint && (
              <Text size="sm" mb="xs">
                {hint}
              </Text>
            )}
            <Json title={t('told')} text={told(heard)} />
            {step && <Json title={t('done')} text={JSON.stringify(step, null, 2)} />}
          </>
        )}
      </Collapse>
    </article>
  );
}

function Json({ title, text }: { title: string; text: string }) {
  return (
    <>
      <Text size="xs" fw={600} mb={4}>
        {title}
      </Text>
      <Code block className={classes.json} dir="ltr" translate="no" tabIndex={0} role="region" aria-label={title}>
        {text}
      </Code>
    </>
  );
}
