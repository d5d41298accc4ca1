import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { readFlow, readVersion } from '../../api/flows.ts';
import { RequestError } from '../../api/request.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { openInAddress } from '../../ui/use-address.ts';
import { otherFlows } from './other-flows.ts';
import { words } from './words.ts';

// The runtime with its machine, templates and patterns: only who tries a flow pays for it
const Simulator = lazy(() => import('../../simulator/Simulator.tsx'));

const { trying } = words;

interface TryFlowProps {
  id: string;
  onClose: () => void;
}

/** A conversation with the saved draft, in this browser. */
export default function TryFlow({ id, onClose }: TryFlowProps) {
  const flow = useQuery({
    queryKey: ['flow', id, 'try'],
    queryFn: async () => {
      const saved = await readFlow(id);
      return { ...saved, others: await otherFlows(saved.document, { readFlow, readVersion }) };
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [isSheetOpen, setSheetOpen] = useState(false);
  const isGone = flow.error instanceof RequestError && flow.error.status === 404;
  const loading = (
    <Center flex={1}>
      <Loader aria-label={trying.loading} />
    </Center>
  );
  return (
    <SidePanel
      title={flow.data ? trying.title(flow.data.name) : words.tryIt}
      closeLabel={words.close}
      width="56rem"
      onClose={onClose}
      closesOnEscape={!isSheetOpen}
    >
      {flow.isPending && loading}
      {flow.error && (
        <Center flex={1} p="lg">
          {isGone ? (
            <Trouble text={trying.gone} />
          ) : (
            <Trouble text={flow.error.message} action={{ label: words.tryAgain, onClick: () => void flow.refetch() }} />
          )}
        </Center>
      )}
      {flow.data && (
        <Suspense fallback={loading}>
          <Simulator
            document={flow.data.document}
            others={flow.data.others}
            onEdit={() => openInAddress('edit', id)}
            onSheet={setSheetOpen}
          />
        </Suspense>
      )}
    </SidePanel>
  );
}
