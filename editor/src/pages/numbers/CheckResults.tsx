import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel, Diagnostic } from '../../api/channels.ts';
import { CheckIcon, ErrorIcon, WarningIcon } from '../../ui/icons.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import classes from './check-results.module.css';

/** Diagnostics come from the server in English, whatever the page speaks. */
const SERVER_WORDS = { lang: 'en', dir: 'auto' } as const;
/** Topics are few and fixed; one that is not known here is shown as the server calls it. */
const TOPICS: Readonly<Record<string, 'account' | 'received' | 'answering' | 'media' | 'interactive' | 'debugging'>> = {
  'The account': 'account',
  'Messages not received': 'received',
  'Agent not responding': 'answering',
  'Media not processing': 'media',
  'Interactive elements not working': 'interactive',
  Debugging: 'debugging',
};
const SHOWN_OPEN = new Set(['failing', 'warning']);

interface CheckResultsProps {
  channel: Channel;
  isChecking: boolean;
  onCheck: () => void;
}

/** The diagnostics by topic: what is wrong stands open with its remedy, the rest folds away. */
export function CheckResults({ channel: { check }, isChecking, onCheck }: CheckResultsProps) {
  const { t } = useTranslation('numbers');
  const { diagnostics, at } = check;
  const topics = [...new Set(diagnostics.map(({ topic }) => topic))];
  const isWell = diagnostics.length > 0 && !diagnostics.some(({ result }) => SHOWN_OPEN.has(result));
  return (
    <Stack gap="sm" component="section" aria-labelledby="check">
      <Group justify="space-between">
        <div>
          <Title order={3} size="h5" id="check">
            {t('check.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {at ? (
              <>
                {t('check.at')} <RelativeTime at={at} now={new Date()} />
              </>
            ) : (
              t('check.never')
            )}
          </Text>
        </div>
        <Button variant="default" size="xs" onClick={onCheck} loading={isChecking}>
          {t('check.now')}
        </Button>
      </Group>
      {isWell && <Text size="sm">{t('check.allWell')}</Text>}
      {topics.map((topic) => (
        <Topic key={topic} name={topic} diagnostics={diagnostics.filter((one) => one.topic === topic)} />
      ))}
    </Stack>
  );
}

function Topic({ name, diagnostics }: { name: string; diagnostics: readonly Diagnostic[] }) {
  const { t } = useTranslation('numbers');
  const topic = TOPICS[name];
  const title = topic ? t(`check.topics.${topic}`) : name;
  const open = diagnostics.filter(({ result }) => SHOWN_OPEN.has(result));
  const folded = diagnostics.filter(({ result }) => !SHOWN_OPEN.has(result));
  return (
    <section className={classes.topic} aria-label={title}>
      <Text size="sm" fw={600} {...(!topic && SERVER_WORDS)}>
        {title}
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
          <summary>{t('check.rest', { count: folded.length })}</summary>
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
  const { t } = useTranslation('numbers');
  const Icon = ICONS[result];
  return (
    <li className={classes.result} data-result={result}>
      <span className={classes.icon}>{Icon ? <Icon size={16} /> : '–'}</span>
      <div className={classes.words}>
        <Text size="sm" fw={500}>
          <span {...SERVER_WORDS}>{title}</span> <span className={classes.verdict}>{t(`check.results.${result}`)}</span>
        </Text>
        <Text size="sm" c="dimmed" {...SERVER_WORDS}>
          {message}
        </Text>
        {remedy && SHOWN_OPEN.has(result) && (
          <Text size="sm">
            <b>{t('check.remedy')}</b> <span {...SERVER_WORDS}>{remedy}</span>
          </Text>
        )}
      </div>
    </li>
  );
}
