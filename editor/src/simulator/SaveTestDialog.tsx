import type { Script } from '@parley/runtime';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addFlowTest } from '../api/flow-tests.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { TestDialog } from './TestDialog.tsx';
import { TestForm } from './TestForm.tsx';
import { scriptOfTalk } from './talk/script-of-talk.ts';
import { useSimulator } from './use-simulator.ts';

interface SaveTestDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Keeps the talk as a test. */
export function SaveTestDialog({ isOpen, onClose }: SaveTestDialogProps) {
  const { t } = useTranslation('simulator');
  return (
    <TestDialog isOpen={isOpen} title={t('save.title')} onClose={onClose}>
      <TalkForm onSaved={onClose} />
    </TestDialog>
  );
}

/** The talk as it was when the dialog opened. */
function TalkForm({ onSaved }: { onSaved: () => void }) {
  const { document } = useOpenFlow();
  const { talk } = useSimulator();
  const [script] = useState<Script>(() => scriptOfTalk(talk.record(), ''));
  return <TestForm script={script} title="" save={(draft) => addFlowTest(document.id, draft)} onSaved={onSaved} />;
}
