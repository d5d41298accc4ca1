import { CloseButton, Loader } from '@mantine/core';
import { CatchBoundary } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow, useWorkbench } from '../../document/use-document.ts';
import { useAddressPart } from '../../ui/use-address.ts';
import { PaneEdge } from './PaneEdge.tsx';
import { PaneTrouble } from './PaneTrouble.tsx';
import { PANELS } from './panels.ts';
import classes from './side-pane.module.css';
import { usePaneWidth } from './use-pane-width.ts';

/** The panel beside the canvas; on a phone over it, or below it where the panel follows something on the canvas. */
export function SidePane() {
  const { t } = useTranslation('bot');
  const { workbench } = useOpenFlow();
  const panel = useWorkbench((state) => state.panel);
  const pane = useRef<HTMLElement>(null);
  const [width, setWidth] = usePaneWidth();
  const isFollowing = useFollowing();
  const before = useRef(panel);

  useEffect(() => {
    // What a key or a click has opened gets the keys; the one that was there when the page came does not
    if (panel !== null && before.current !== panel && !pane.current?.contains(window.document.activeElement))
      pane.current?.focus({ preventScroll: true });
    before.current = panel;
  }, [panel]);

  if (!panel) return null;
  const Content = PANELS[panel];
  const title = t(`panels.${panel}`);
  return (
    <aside
      ref={pane}
      tabIndex={-1}
      data-own-keys
      onFocus={({ currentTarget }) => {
        currentTarget.dataset.hadKeys = '';
      }}
      className={classes.pane}
      data-following={isFollowing || undefined}
      aria-label={title}
      style={{ '--pane-width': `${width}px` }}
    >
      <PaneEdge label={t('paneWidth')} width={width} onWidth={setWidth} />
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <CloseButton aria-label={t('closePanel', { panel: title })} onClick={() => workbench.openPanel(null)} />
      </div>
      <div className={classes.body}>
        <CatchBoundary getResetKey={() => panel} errorComponent={PaneTrouble}>
          <Suspense fallback={<Loader m="lg" size="sm" aria-label={t('loadingPanel')} />}>
            <Content />
          </Suspense>
        </CatchBoundary>
      </div>
    </aside>
  );
}

/** Whether what the panel tells is followed on the canvas from one to the next. */
function useFollowing(): boolean {
  const isComparing = useWorkbench(({ panel, viewing }) => panel === 'versions' && !!viewing && 'from' in viewing.what);
  const isCounting = useWorkbench(({ panel }) => panel === 'counts');
  const journey = useAddressPart('journey');
  return isComparing || (isCounting && journey !== null);
}
