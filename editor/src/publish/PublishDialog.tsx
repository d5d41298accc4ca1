import { Loader, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import { useBotState } from '../document/use-live.ts';
import { errorWords } from '../ui/error-words.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { usePhone } from '../ui/use-phone.ts';
import { PublishDone } from './PublishDone.tsx';
import { PublishForm } from './PublishForm.tsx';
import classes from './publish.module.css';
import type { Proposal } from './publish-requests.ts';
import { usePublishing } from './use-publishing.ts';
import { useSettled } from './use-settled.ts';

/** What publishing will do, step by step: the draft is saved first, then looked at, then published. */
export default function PublishDialog({ proposal, onClose }: { proposal: Proposal | null; onClose: () => void }) {
  const { t } = useTranslation('publish');
  useFocusBack();
  const isPhone = usePhone();
  const publishing = usePublishing();
  const { published } = publishing;
  return (
    <Modal
      opened
      onClose={onClose}
      title={published ? t('done.title') : t('dialog.title')}
      size="lg"
      fullScreen={isPhone}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ body: classes.dialog }}
    >
      {published ? (
        <PublishDone published={published} onClose={onClose} />
      ) : (
        <Prepared publishing={publishing} proposal={proposal} onClose={onClose} />
      )}
    </Modal>
  );
}

interface PreparedProps {
  publishing: ReturnType<typeof usePublishing>;
  proposal: Proposal | null;
  onClose: () => void;
}

function Prepared({ publishing, proposal, onClose }: PreparedProps) {
  const { t } = useTranslation('publish');
  const { document } = useOpenFlow();
  const settled = useSettled();
  if (settled.state === 'saving') return <Waiting text={t('dialog.saving')} />;
  if (settled.state === 'offline')
    return <Trouble text={t('dialog.offline')} action={{ label: t('tryAgain'), onClick: document.save }} />;
  if (settled.state === 'conflict')
    return <Trouble text={t('dialog.conflict')} action={{ label: t('dialog.toConflict'), onClick: onClose }} />;
  if (settled.state === 'refused')
    return (
      <Trouble
        text={t('dialog.refused', { reason: settled.reason ?? '' })}
        action={{ label: t('dialog.back'), onClick: onClose }}
      />
    );
  return <Looked publishing={publishing} proposal={proposal} onClose={onClose} />;
}

/** The server's own look at the saved draft: it knows the other bots too. */
function Looked({ publishing, proposal, onClose }: PreparedProps) {
  const { t } = useTranslation('publish');
  const state = useBotState(true);
  if (state.error)
    return (
      <Trouble text={errorWords(state.error)} action={{ label: t('tryAgain'), onClick: () => void state.refetch() }} />
    );
  if (!state.data || (state.isFetching && !publishing.refusal)) return <Waiting text={t('dialog.checking')} />;
  return <PublishForm bot={state.data} publishing={publishing} proposal={proposal} onClose={onClose} />;
}

const Waiting = ({ text }: { text: string }) => (
  <div className={classes.waiting} role="status">
    <Loader size="sm" aria-hidden="true" />
    <Text size="sm">{text}</Text>
  </div>
);
