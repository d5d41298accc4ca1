import { Button } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from '../ui/commands.ts';
import { usePublishRequests } from './publish-requests.ts';

const PublishDialog = lazy(() => import('./PublishDialog.tsx'));

/** The way to the public: opens the dialog that says what publishing will change, and for whom. */
export default function PublishButton() {
  const { t } = useTranslation('publish');
  const [isOpen, setOpen] = useState(false);
  usePublishRequests(() => setOpen(true));
  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'publish.open',
        title: t('publishThis'),
        group: t('group'),
        shortcuts: ['mod+shift+p'],
        notWhileTyping: false,
        run: () => setOpen(true),
      },
    ],
    [t],
  );
  useCommands(commands);
  return (
    <>
      <Button
        leftSection={<IconRocket size={18} aria-hidden="true" />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('publish')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <PublishDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
