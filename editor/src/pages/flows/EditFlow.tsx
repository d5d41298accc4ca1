import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readFlow } from '../../api/flows.ts';
import { AskFirst } from '../../ui/AskFirst.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { DocumentForm } from './DocumentForm.tsx';
import { openFlow } from './use-document-form.ts';
import { words } from './words.ts';

const { editing } = words;

interface EditFlowProps {
  id: string;
  onClose: () => void;
}

/** The document as JSON, until there is a canvas. */
export default function EditFlow({ id, onClose }: EditFlowProps) {
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
      title={flow.data ? editing.title(flow.data.name) : words.edit}
      closeLabel={words.close}
      width="48rem"
      onClose={() => (isDirty ? setLeaving(true) : onClose())}
      closesOnEscape={!isLeaving}
    >
      {flow.isPending && (
        <Center flex={1}>
          <Loader aria-label={editing.loading} />
        </Center>
      )}
      {flow.error && (
        <Center flex={1} p="lg">
          <Trouble text={flow.error.message} action={{ label: words.tryAgain, onClick: () => void flow.refetch() }} />
        </Center>
      )}
      {flow.data && <DocumentForm flow={flow.data} onDirty={setDirty} />}
      <AskFirst
        question={isLeaving ? { ...editing.askLeave, onYes: onClose } : null}
        no={editing.askLeave.no}
        closeLabel={words.close}
        onClose={() => setLeaving(false)}
      />
    </SidePanel>
  );
}
