import { Checkbox, Switch, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import { PageLink } from '../../ui/PageLink.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { BotMenu, type BotMenuActions } from './BotMenu.tsx';
import { hasNewerDraft } from './bot-state.ts';
import classes from './bot-table.module.css';
import { changeView, pathOfBot } from './list-address.ts';
import { ProblemCount } from './ProblemCount.tsx';

export interface BotRowActions extends BotMenuActions {
  onTurn: (bot: FlowSummary, on: boolean) => void;
  onSelect: (id: string, selected: boolean) => void;
}

interface BotRowProps extends BotRowActions {
  bot: FlowSummary;
  now: Date;
  isBusy: boolean;
  isSelected: boolean;
}

export function BotRow({ bot, now, isBusy, isSelected, onTurn, onSelect, ...menu }: BotRowProps) {
  const { t } = useTranslation('flows');
  const { id, name, status, published, tags } = bot;
  return (
    <Table.Tr className={classes.row} data-selected={isSelected || undefined}>
      <Table.Td className={classes.select}>
        <Checkbox
          aria-label={t('select', { name })}
          checked={isSelected}
          onChange={(event) => onSelect(id, event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Th scope="row" className={classes.name}>
        <PageLink to={pathOfBot(id)} isCurrent={false} className={classes.link}>
          <bdi translate="no">{name}</bdi>
        </PageLink>
        {tags.length > 0 && (
          <span className={classes.tags}>
            {tags.map((tag) => (
              <button
                key={tag}
                type="button"
                className={classes.tag}
                aria-label={t('onlyTag', { tag })}
                onClick={() => changeView({ tag })}
              >
                <bdi>{tag}</bdi>
              </button>
            ))}
          </span>
        )}
      </Table.Th>
      <Table.Td className={classes.status}>
        <Switch
          size="md"
          classNames={{ track: classes.track, body: classes.switchBody }}
          checked={status === 'active'}
          disabled={isBusy}
          aria-label={t('answers', { name })}
          label={<span aria-hidden="true">{t(`status.${status}`)}</span>}
          title={t(`statusHelp.${status}`)}
          onChange={(event) => onTurn(bot, event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td className={classes.published} data-never={published === null || undefined}>
        <span>
          {published ? t('version', { number: published.version }) : t('neverPublished')}
          {hasNewerDraft(bot) && (
            <span className={classes.newer} title={t('newerDraftHelp')}>
              {' '}
              · {t('newerDraft')}
            </span>
          )}
        </span>
      </Table.Td>
      <Table.Td className={classes.problems} data-none={bot.problems.length === 0 || undefined}>
        <ProblemCount bot={bot} />
      </Table.Td>
      <Table.Td className={classes.updated}>
        <RelativeTime at={bot.updatedAt} now={now} />
      </Table.Td>
      <Table.Td className={classes.actions}>
        <BotMenu bot={bot} {...menu} />
      </Table.Td>
    </Table.Tr>
  );
}
