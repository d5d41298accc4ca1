import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TemplateReading, WhatsAppTemplate } from '../../api/templates.ts';
import { errorWords } from '../../ui/error-words.ts';
import classes from './template.module.css';
import { useReadTemplates } from './use-read-templates.ts';

/** For who has just had a template approved or changed: what is known of them is as old as the last reading. */
export function ReadTemplates({ known }: { known: readonly WhatsAppTemplate[] }) {
  const { t } = useTranslation('inspector');
  const { mutate, data, error, isPending } = useReadTemplates();
  const failures = failuresIn(data ?? []);
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
        {data?.some(({ count }) => count !== null) && (
          <p className={classes.note}>{t('template.read', { count: differentIn(known) })}</p>
        )}
        {data?.every(({ count, problem }) => count === null && !problem) && (
          <p className={classes.note}>{t('template.nobody')}</p>
        )}
        {failures.map((words) => (
          <p key={words} className={classes.note} lang="en" dir="auto">
            {words}
          </p>
        ))}
      </div>
    </>
  );
}

/** Two numbers of one account have the same templates. */
const differentIn = (templates: readonly WhatsAppTemplate[]): number =>
  new Set(templates.map(({ name, language }) => `${name} ${language}`)).size;

/** Two numbers of one account fail alike. */
const failuresIn = (readings: readonly TemplateReading[]): string[] => [
  ...new Set(readings.flatMap(({ problem }) => (problem ? `${problem.message} ${problem.remedy}` : []))),
];
