import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../document/use-document.ts';
import classes from './bot-page.module.css';
import { PANELS } from './panels.ts';

/** The panel beside the canvas; over it on a phone. */
export function SidePane() {
  const { t } = useTranslation('bot');
  const panel = useWorkbench((state) => state.panel);
  if (!panel) return null;
  const Content = PANELS[panel];
  return (
    <aside className={classes.pane} aria-label={t(`panels.${panel}`)}>
      <Suspense fallback={null}>
        <Content />
      </Suspense>
    </aside>
  );
}
