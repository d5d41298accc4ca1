import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeInAddress, useAddressPart } from '../../ui/use-address.ts';
import classes from './flows-page.module.css';
import { openOver } from './list-address.ts';
import { useDropping } from './use-dropping.ts';
import type { Given } from './use-importing.ts';

const EditFlow = lazy(() => import('./EditFlow.tsx'));
const Gallery = lazy(() => import('./Gallery.tsx'));
const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog.tsx')).ImportDialog }));
const NewBotDialog = lazy(async () => ({ default: (await import('./NewBotDialog.tsx')).NewBotDialog }));

/** What lies over the list, as the address says; each comes when it is first opened. */
export function BotPanels() {
  const { t } = useTranslation('flows');
  const editing = useAddressPart('edit');
  const adding = useAddressPart('add');
  const [given, setGiven] = useState<Given | null>(null);
  const take = useCallback((one: Given) => {
    setGiven(one);
    openOver('import');
  }, []);
  const isDropping = useDropping(take, adding !== null || editing !== null);
  useEffect(() => {
    if (adding !== 'import') setGiven(null);
  }, [adding]);
  return (
    <Suspense fallback={null}>
      {editing && <EditFlow key={editing} id={editing} onClose={() => closeInAddress('edit')} />}
      {adding === 'gallery' && <Gallery />}
      {adding === 'import' && <ImportDialog given={given} />}
      {adding === 'new' && <NewBotDialog />}
      {isDropping && <div className={classes.dropping}>{t('importing.dropNow')}</div>}
    </Suspense>
  );
}
