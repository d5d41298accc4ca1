import { lazy, Suspense } from 'react';
import { clearAddress, useAddressPart } from '../../ui/use-address.ts';

const EditFlow = lazy(() => import('./EditFlow.tsx'));
const TryFlow = lazy(() => import('./TryFlow.tsx'));

/** What is open beside the list, as the address says. */
export function FlowPanels() {
  const editing = useAddressPart('edit');
  const trying = useAddressPart('try');
  return (
    <Suspense fallback={null}>
      {editing && <EditFlow key={editing} id={editing} onClose={clearAddress} />}
      {trying && <TryFlow key={trying} id={trying} onClose={clearAddress} />}
    </Suspense>
  );
}
