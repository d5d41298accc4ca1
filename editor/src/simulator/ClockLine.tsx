import { Button, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../chat/moments.ts';
import { useFields } from '../ui/use-fields.ts';
import { SKIPS } from './ChatBar.tsx';
import classes from './talk-panel.module.css';
import { useSimulator, useTalkView } from './use-simulator.ts';

const durationUntil = (now: string, until: string): string =>
  `PT${Math.max(Math.ceil((Date.parse(until) - Date.parse(now)) / 1_000), 0)}S`;

/** The talk's own clock, how long free words still reach the person, and what lets time pass. */
export function ClockLine() {
  const { t } = useTranslation('simulator');
  const { talk } = useSimulator();
  const { now, nextTimer, windowClosesAt } = useTalkView();
  const [isOpen, setOpen] = useState(false);
  const skip = (duration: string) => void talk.act({ kind: 'wait', duration });
  const left = windowClosesAt === null ? 0 : (Date.parse(windowClosesAt) - Date.parse(now)) / 3_600_000;
  const window =
    windowClosesAt === null
      ? t('window.unbegun')
      : left > 0
        ? t('window.open', { count: Math.floor(left) })
        : t('window.closed');
  return (
    <div className={classes.status}>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            className={classes.clock}
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconClock size={14} />}
            aria-label={t('clock.open', { time: momentOf(now) })}
          >
            <time dateTime={now}>{momentOf(now)}</time>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('clock.title')}</Menu.Label>
          {SKIPS.map(({ duration, name }) => (
            <Menu.Item key={duration} onClick={() => skip(duration)}>
              {t('clock.skip', { time: t(`clock.${name}`) })}
            </Menu.Item>
          ))}
          <Menu.Item disabled={nextTimer === null} onClick={() => nextTimer && skip(durationUntil(now, nextTimer))}>
            {nextTimer ? t('clock.untilTimer', { time: momentOf(nextTimer) }) : t('clock.noTimer')}
          </Menu.Item>
          <Menu.Item onClick={() => setOpen(true)}>{t('clock.untilDate')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className={classes.window} data-closed={(windowClosesAt !== null && left <= 0) || undefined}>
        {window}
      </span>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('clock.untilDate')}
        closeButtonProps={{ 'aria-label': t('close') }}
        size="sm"
      >
        <DateForm
          now={now}
          onChoose={(until) => {
            setOpen(false);
            skip(durationUntil(now, until));
          }}
        />
      </Modal>
    </div>
  );
}

function DateForm({ now, onChoose }: { now: string; onChoose: (until: string) => void }) {
  const { t } = useTranslation('simulator');
  const isLater = (value: string) => value !== '' && Date.parse(value) > Date.parse(now);
  const { form, field, onSubmit } = useFields(
    { until: '' },
    { until: (value) => (isLater(value) ? null : t('clock.wrong')) },
  );
  return (
    <form ref={form} onSubmit={onSubmit(({ until }) => onChoose(new Date(until).toISOString()))} noValidate>
      <Stack gap="sm">
        <TextInput type="datetime-local" label={t('clock.date')} {...field('until')} />
        <Button type="submit">{t('clock.go')}</Button>
      </Stack>
    </form>
  );
}
