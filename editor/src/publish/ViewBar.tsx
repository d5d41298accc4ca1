import { Button, Text } from '@mantine/core';
import { IconArrowBackUp, IconEye, IconHistory } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import type { Viewing, Workbench } from '../document/workbench.ts';
import { type Command, useCommands } from '../ui/commands.ts';
import { usePhone } from '../ui/use-phone.ts';
import { RestoreDialog } from './RestoreDialog.tsx';
import { useSideName } from './use-side-name.ts';
import { useViewing } from './use-viewing.ts';
import classes from './view-bar.module.css';

/** Says above the canvas that this is not the draft, and leads back to it. */
export function ViewBar({ viewing: { what, flow } }: { viewing: Viewing }) {
  const { t } = useTranslation('publish');
  const { workbench } = useOpenFlow();
  const nameOf = useSideName();
  const [isRestoring, setRestoring] = useState(false);
  const { leave } = useViewing();
  const isPhone = usePhone();
  useLeaveCommand();
  const words =
    'version' in what
      ? t('view.version', { version: nameOf(what.version) })
      : t('view.difference', { from: nameOf(what.from), to: nameOf(what.to) });
  return (
    <section className={classes.bar} aria-label={t('view.label')}>
      <IconEye size={18} aria-hidden="true" />
      <Text size="sm" className={classes.words} role="status">
        {words}
      </Text>
      {isPhone && 'version' in what && (
        <Button
          variant="default"
          leftSection={<IconHistory size={16} aria-hidden="true" />}
          onClick={() => workbench.openPanel('versions')}
        >
          {t('title')}
        </Button>
      )}
      {'version' in what && (
        <Button
          variant="default"
          size={isPhone ? 'sm' : 'xs'}
          leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
          onClick={() => setRestoring(true)}
        >
          {t('action.restore')}
        </Button>
      )}
      <Button size={isPhone ? 'sm' : 'xs'} onClick={leave}>
        {t('view.leave')}
      </Button>
      {isRestoring && 'version' in what && (
        <RestoreDialog version={what.version} name={null} flow={flow} onClose={() => setRestoring(false)} />
      )}
    </section>
  );
}

/** Escape leads back, as it does from whatever else was opened. */
function useLeaveCommand(): void {
  const { t } = useTranslation('publish');
  const { t: onPage } = useTranslation('bot');
  const { workbench } = useOpenFlow();
  const list = useMemo<Command[]>(
    () => [
      {
        id: 'bot.leaveView',
        title: t('view.leave'),
        group: onPage('group'),
        shortcuts: ['escape'],
        run: () => {
          // Within another panel the key is not meant for what lies beside it
          const isElsewhere = document.activeElement?.closest('[data-own-keys]') && !isVersions(workbench);
          if (!isElsewhere) workbench.view(null);
        },
      },
    ],
    [t, onPage, workbench],
  );
  useCommands(list);
}

const isVersions = ({ store }: Workbench): boolean => store.getSnapshot().context.panel === 'versions';
