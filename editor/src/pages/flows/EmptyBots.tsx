import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './empty-bots.module.css';
import { changeAddress, openOver } from './list-address.ts';

const ExampleGrid = lazy(async () => ({ default: (await import('./ExampleGrid.tsx')).ExampleGrid }));

const STEPS = ['start', 'try', 'publish'] as const;

/** Where there is no bot yet: what one is, how it comes to be, and bots to begin from. */
export function EmptyBots() {
  const { t } = useTranslation('flows');
  return (
    <>
      <Paper className={classes.card} withBorder radius="lg">
        <div className={classes.words}>
          <Title order={2} size="h3">
            {t('empty.title')}
          </Title>
          <Text>{t('empty.text')}</Text>
          <Group className={classes.ways}>
            <Button onClick={() => openOver('new')}>{t('new')}</Button>
            <Button variant="default" onClick={() => openOver('import')}>
              {t('import')}
            </Button>
          </Group>
        </div>
        <ol className={classes.steps}>
          {STEPS.map((step, index) => (
            <li key={step}>
              <span className={classes.number} aria-hidden="true">
                {index + 1}
              </span>
              <div>
                <Text fw={600}>{t(`empty.steps.${step}.title`)}</Text>
                <Text size="sm" c="dimmed">
                  {t(`empty.steps.${step}.text`)}
                </Text>
              </div>
            </li>
          ))}
        </ol>
      </Paper>
      <section className={classes.gallery}>
        <Title order={2} size="h4" mb="sm">
          {t('gallery.title')}
        </Title>
        <Suspense fallback={null}>
          <ExampleGrid onLook={(name) => changeAddress({ add: 'gallery', example: name }, 'push')} />
        </Suspense>
      </section>
    </>
  );
}
