import { ActionIcon, Button, CloseButton, TextInput } from '@mantine/core';
import { isObject } from '@parley/runtime';
import { IconCopy, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import type { FieldProps } from './field-props.ts';
import classes from './hours.module.css';
import { useDayNames } from './use-day-names.ts';
import { DAYS, type Day, type Span, spansOf } from './week.ts';

const WORKDAYS: readonly Day[] = ['mo', 'tu', 'we', 'th', 'fr'];
const USUAL: Span = ['09:00', '18:00'];
const MOST_SPANS = 6; // a day, as the node takes them

/** When it is open, day by day; several spans a day leave room for a break. */
export function Hours(props: FieldProps) {
  const { t } = useTranslation('inspector');
  const { change, settle, isReadOnly } = useForm();
  const nameOf = useDayNames('long');
  const shortOf = useDayNames('short');
  const value = useValue(props.path);
  const week = isObject(value) ? value : {};
  const set = (day: Day, spans: readonly Span[]) =>
    change([...props.path, day], spans.length === 0 ? undefined : spans);
  const toWorkdays = (spans: readonly Span[]) => {
    settle();
    change(props.path, { ...week, ...Object.fromEntries(WORKDAYS.map((day) => [day, spans])) });
    settle();
  };
  return (
    <FieldFrame {...props} isGroup isWhole>
      {() => (
        <>
          {isReadOnly ? null : (
            <Button
              variant="light"
              size="compact-sm"
              className={classes.copy}
              leftSection={<IconCopy size={14} aria-hidden="true" />}
              onClick={() => toWorkdays(spansOf(week.mo).length > 0 ? spansOf(week.mo) : [USUAL])}
            >
              {t('hours.toWorkdays')}
            </Button>
          )}
          <table className={classes.week}>
            <tbody>
              {DAYS.map((day) => {
                const spans = spansOf(week[day]);
                return (
                  <tr key={day}>
                    <th scope="row" abbr={nameOf(day)}>
                      {shortOf(day)}
                    </th>
                    <td>
                      {spans.length === 0 ? <span className={classes.closed}>{t('hours.closed')}</span> : null}
                      {spans.map(([from, to], index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a span is known by its place in the day
                        <div key={index} className={classes.span}>
                          <TextInput
                            type="time"
                            size="xs"
                            aria-label={t('hours.from', { day: nameOf(day) })}
                            value={from}
                            readOnly={isReadOnly}
                            onChange={(event) => {
                              const next = event.currentTarget.value;
                              set(
                                day,
                                spans.map((span, at) => (at === index ? [next, to] : span)),
                              );
                            }}
                          />
                          <span aria-hidden="true">–</span>
                          <TextInput
                            type="time"
                            size="xs"
                            aria-label={t('hours.to', { day: nameOf(day) })}
                            value={to === '24:00' ? '00:00' : to}
                            readOnly={isReadOnly}
                            onChange={(event) => {
                              // A field of times has no 24:00; a span that ends at midnight ends there
                              const next = event.currentTarget.value === '00:00' ? '24:00' : event.currentTarget.value;
                              set(
                                day,
                                spans.map((span, at) => (at === index ? [from, next] : span)),
                              );
                            }}
                          />
                          {isReadOnly ? null : (
                            <CloseButton
                              size="sm"
                              aria-label={t('hours.remove', { day: nameOf(day), from, to })}
                              onClick={() =>
                                set(
                                  day,
                                  spans.filter((_, at) => at !== index),
                                )
                              }
                            />
                          )}
                        </div>
                      ))}
                    </td>
                    <td>
                      {isReadOnly || spans.length >= MOST_SPANS ? null : (
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t('hours.add', { day: nameOf(day) })}
                          onClick={() => set(day, [...spans, spans.length === 0 ? USUAL : ['', '']])}
                        >
                          <IconPlus size={15} aria-hidden="true" />
                        </ActionIcon>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      )}
    </FieldFrame>
  );
}
