import { Button } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from '../ui/commands.ts';
import { type Proposal, usePublishRequests } from './publish-requests.ts';

const PublishDialog = lazy(() => import('./PublishDialog.tsx'));

/** The way to the public: opens the dialog that says what publishing will change, and for whom. */
export default function PublishButton() {
  const { t } = useTranslation('publish');
  const [isOpen, setOpen] = useState(false);
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const open = (proposed: Proposal | null = null) => {
    setProposal(proposed);
    setOpen(true);
  };
  usePublishRequests(open);
  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'publish.open',
        title: t('publishThis'),
        group: t('group'),
        shortcuts: ['mod+shift+p'],
        notWhileTyping: false,
        run: () => {
          setProposal(null);
          setOpen(true);
        },
      },
    ],
    [t],
  );
  useCommands(commands);
  return (
    <>
      <Button leftSection={<IconRocket size={18} aria-hidden="true" />} aria-haspopup="dialog" onClick={() => open()}>
        {t('publish')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <PublishDialog proposal={proposal} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
