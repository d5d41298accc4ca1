import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFlow } from '../../api/flows.ts';
import { AskFirst } from '../../ui/AskFirst.tsx';
import { errorWords } from '../../ui/error-words.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { DocumentForm } from './DocumentForm.tsx';
import { openFlow } from './use-document-form.ts';

interface EditFlowProps {
  id: string;
  onClose: () => void;
}

/** The document as JSON: the way to mend one that no canvas can draw. */
export default function EditFlow({ id, onClose }: EditFlowProps) {
  const { t } = useTranslation('flows');
  // Read once: a document that changes under the hands of who edits it is a conflict to show, not an update to take
  const flow = useQuery({
    queryKey: openFlow(id),
    queryFn: () => readFlow(id),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [isDirty, setDirty] = useState(false);
  const [isLeaving, setLeaving] = useState(false);

  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);

  return (
    <SidePanel
      title={flow.data ? t('editing.title', { name: flow.data.name }) : t('editing.plain')}
      closeLabel={t('close')}
      width="48rem"
      onClose={() => (isDirty ? setLeaving(true) : onClose())}
      closesOnEscape={!isLeaving}
    >
      {flow.isPending && (
        <Center flex={1}>
          <Loader aria-label={t('editing.loading')} />
        </Center>
      )}
      {flow.error && (
        <Center flex={1} p="lg">
          <Trouble
            text={errorWords(flow.error)}
            action={{ label: t('tryAgain'), onClick: () => void flow.refetch() }}
          />
        </Center>
      )}
      {flow.data && <DocumentForm flow={flow.data} onDirty={setDirty} />}
      <AskFirst
        question={
          isLeaving
            ? {
                title: t('editing.leave.title'),
                text: t('editing.leave.text'),
                yes: t('editing.leave.yes'),
                onYes: onClose,
              }
            : null
        }
        no={t('editing.leave.no')}
        closeLabel={t('close')}
        onClose={() => setLeaving(false)}
      />
    </SidePanel>
  );
}
