import { type ComponentType, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../document/use-document.ts';
import type { Panel } from '../../document/workbench.ts';
import classes from './bot-page.module.css';

/** The panel beside the canvas; over it on a phone. */
export function SidePane({ panels }: { panels: Partial<Record<Panel, ComponentType>> }) {
  const { t } = useTranslation('bot');
  const panel = useWorkbench((state) => state.panel);
  const Content = panel === null ? undefined : panels[panel];
  if (!panel || !Content) return null;
  return (
    <aside className={classes.pane} aria-label={t(`panels.${panel}`)}>
      <Suspense fallback={null}>
        <Content />
      </Suspense>
    </aside>
  );
}
