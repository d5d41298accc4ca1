import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TemplateReading } from '../../api/templates.ts';
import { errorWords } from '../../ui/error-words.ts';
import classes from './template.module.css';
import { useReadTemplates } from './use-read-templates.ts';

/** For who has just had a template approved or changed: what is known of them is as old as the last reading. */
export function ReadTemplates() {
  const { t } = useTranslation('inspector');
  const { mutate, data, error, isPending } = useReadTemplates();
  const count = data && countOf(data);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes.again}
        leftSection={<IconRefresh size={16} aria-hidden="true" />}
        loading={isPending}
        onClick={() => mutate()}
      >
        {t('template.again')}
      </Button>
      <div role="status" className={classes.read}>
        {error && <p className={classes.note}>{errorWords(error)}</p>}
        {count !== undefined && (
          <p className={classes.note}>{count === null ? t('template.nobody') : t('template.read', { count })}</p>
        )}
        {data &&
          failuresIn(data).map((words) => (
            <p key={words} className={classes.note}>
              {words}
            </p>
          ))}
      </div>
    </>
  );
}

/** Null where no number has templates to read. */
function countOf(readings: readonly TemplateReading[]): number | null | undefined {
  const counts = readings.flatMap(({ count }) => count ?? []);
  if (counts.length > 0) return counts.reduce((sum, count) => sum + count, 0);
  return readings.some(({ problem }) => problem) ? undefined : null;
}

/** Two numbers of one account fail alike. */
const failuresIn = (readings: readonly TemplateReading[]): string[] => [
  ...new Set(readings.flatMap(({ problem }) => (problem ? `${problem.message} ${problem.remedy}` : []))),
];
