import { ActionIcon, Button, CloseButton, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf } from '../chat/moments.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { useNodeWords } from '../ui/node-words.ts';
import { type VariableRow, variableRows, watch } from './talk/watch.ts';
import { usePreferences, useSimulator, useTalkView } from './use-simulator.ts';
import classes from './watch-tab.module.css';

/** What the bot knows at the moment that is shown. */
export function WatchTab() {
  const { t } = useTranslation('simulator');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.watch} aria-label={t('state.title')} tabIndex={0}>
      <Here />
      <Variables />
      <Watches />
      <Contact />
      <Timers />
      <Effects />
    </section>
  );
}

function Here() {
  const { t } = useTranslation('simulator');
  const nodeWords = useNodeWords();
  const { workbench } = useOpenFlow();
  const { place, status, fault } = useTalkView();
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t('state.at')}</h3>
      {place ? (
        <Button variant="light" size="compact-sm" onClick={() => workbench.show({ node: place.id })}>
          <bdi>{nodeWords(place.name)}</bdi>
        </Button>
      ) : (
        <Text size="sm">
          {t(status === 'done' ? 'state.done' : status === 'failed' ? 'state.failed' : 'state.nowhere')}
        </Text>
      )}
      {fault && (
        <Text size="sm" className={classes.fault}>
          {nodeWords(fault.message)}
        </Text>
      )}
    </section>
  );
}

function Variables() {
  const { t } = useTranslation('simulator');
  const nodeWords = useNodeWords();
  const { variables, before, inside } = useTalkView();
  return (
    <>
      <VariableTable title={t('state.variables')} rows={variableRows(variables, before)} />
      {inside.map(({ path, name, variables: own, before: old }) => (
        <VariableTable key={path} title={t('state.inside', { node: nodeWords(name) })} rows={variableRows(own, old)} />
      ))}
    </>
  );
}

function VariableTable({ title, rows }: { title: string; rows: readonly VariableRow[] }) {
  const { t } = useTranslation('simulator');
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{title}</h3>
      {rows.length === 0 ? (
        <p className={classes.quiet}>{t('state.none')}</p>
      ) : (
        <Table aria-label={title} verticalSpacing={4} horizontalSpacing={6} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('state.name')}</Table.Th>
              <Table.Th scope="col">{t('state.value')}</Table.Th>
              <Table.Th scope="col" w="5.5rem">
                {t('state.type')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, value, type, changed }) => (
              <Table.Tr key={name} data-changed={changed || undefined} className={classes.row}>
                <Table.Th scope="row" className={classes.name}>
                  {name}
                  {changed && <span className={classes.changed}>{t('state.changed')}</span>}
                </Table.Th>
                <Table.Td className={classes.value}>{value}</Table.Td>
                <Table.Td>{t(`types.${type}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

function Watches() {
  const { t } = useTranslation('simulator');
  const view = useTalkView();
  const { watches } = usePreferences();
  const { change } = useSimulator();
  const [source, setSource] = useState('');
  const add = () => {
    const wanted = source.trim();
    if (wanted !== '' && !watches.includes(wanted)) change({ watches: [...watches, wanted] });
    setSource('');
  };
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t('watches.title')}</h3>
      <ul className={classes.watches} aria-label={t('watches.title')}>
        {watches.map((one) => {
          const seen = watch(one, view, view.flow);
          return (
            <li key={one}>
              <code dir="ltr">{one}</code>
              <span data-wrong={!seen.ok || undefined} className={classes.value}>
                {seen.ok ? seen.value || t('watches.empty') : seen.reason}
              </span>
              <CloseButton
                size="sm"
                aria-label={t('watches.remove', { source: one })}
                onClick={() => change({ watches: watches.filter((other) => other !== one) })}
              />
            </li>
          );
        })}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextInput
          size="xs"
          dir="ltr"
          aria-label={t('watches.add')}
          placeholder="{{upper contact.name}}"
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
          rightSection={
            <ActionIcon type="submit" variant="subtle" size="sm" aria-label={t('watches.addIt')}>
              <IconPlus size={14} />
            </ActionIcon>
          }
        />
      </form>
    </section>
  );
}

function Contact() {
  const { t } = useTranslation('simulator');
  const { contact, windowClosesAt, owner } = useTalkView();
  const rows: [string, string][] = [
    [t('who.name'), contact.name ?? ''],
    [t('who.phone'), contact.phone ?? ''],
    [t('who.email'), contact.email ?? ''],
    [t('who.language'), contact.language ?? ''],
    [t('who.tags'), contact.tags.join(', ')],
    [t('who.groups'), contact.groups.join(', ')],
    ...variableRows(contact.attributes).map(({ name, value }): [string, string] => [name, value]),
    [t('window.title'), windowClosesAt ? t('window.until', { time: momentOf(windowClosesAt) }) : t('window.unbegun')],
    [t('state.owner'), t(owner === 'bot' ? 'state.ownerBot' : 'state.ownerQueue')],
  ];
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t('who.contact')}</h3>
      <dl className={classes.facts}>
        {rows
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Timers() {
  const { t } = useTranslation('simulator');
  const { timers } = useTalkView();
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t('timers.title')}</h3>
      {timers.length === 0 ? (
        <p className={classes.quiet}>{t('timers.none')}</p>
      ) : (
        <ul className={classes.list}>
          {timers.map(({ visit, name, due }) => (
            <li key={`${visit} ${name}`}>
              {name === '$expire' ? t('timers.expiry') : name === 'timeout' ? t('timers.timeout') : name} ·{' '}
              <time dateTime={due}>{momentOf(due)}</time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Effects() {
  const { t } = useTranslation('simulator');
  const { effects } = useTalkView();
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t('effects.title')}</h3>
      {effects.length === 0 ? (
        <p className={classes.quiet}>{t('effects.none')}</p>
      ) : (
        <ul className={classes.list}>
          {effects.map(({ type, ordinal, node, answers: _, ...facts }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: effects are only ever added at the end
            <li key={`${index} ${ordinal}`}>
              <strong>{type}</strong> <span className={classes.value}>{JSON.stringify(facts)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
