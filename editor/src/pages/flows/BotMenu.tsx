import { ActionIcon, Menu } from '@mantine/core';
import {
  IconBraces,
  IconCopy,
  IconDownload,
  IconPencil,
  IconPlayerPlay,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import { MoreIcon } from '../../ui/icons.tsx';
import { goTo } from '../../ui/use-address.ts';
import classes from './bot-table.module.css';
import { changeAddress, pathOfBot } from './list-address.ts';

export interface BotMenuActions {
  onRename: (bot: FlowSummary) => void;
  onTag: (bot: FlowSummary) => void;
  onDuplicate: (bot: FlowSummary) => void;
  onExport: (bot: FlowSummary) => void;
  onRemove: (bot: FlowSummary) => void;
}

const SIZE = 16; // px

/** What else can be done with one bot. */
export function BotMenu({
  bot,
  onRename,
  onTag,
  onDuplicate,
  onExport,
  onRemove,
}: { bot: FlowSummary } & BotMenuActions) {
  const { t } = useTranslation('flows');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" className={classes.more} aria-label={t('more', { name: bot.name })}>
          <MoreIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPlayerPlay size={SIZE} />} onClick={() => goTo(pathOfBot(bot.id, 'simulator'))}>
          {t('menu.try')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={SIZE} />} onClick={() => onRename(bot)}>
          {t('menu.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTag size={SIZE} />} onClick={() => onTag(bot)}>
          {t('menu.tags')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={SIZE} />} onClick={() => onDuplicate(bot)}>
          {t('menu.duplicate')}
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size={SIZE} />} onClick={() => onExport(bot)}>
          {t('menu.export')}
        </Menu.Item>
        <Menu.Item leftSection={<IconBraces size={SIZE} />} onClick={() => changeAddress({ edit: bot.id }, 'push')}>
          {t('menu.json')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={SIZE} />} onClick={() => onRemove(bot)}>
          {t('menu.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
