import { type ComponentType, lazy } from 'react';
import type { Panel } from '../../document/workbench.ts';

/** What can lie beside the canvas, in the order of its switches; each comes when it is first opened. */
export const PANELS: Readonly<Record<Panel, ComponentType>> = {
  inspector: lazy(() => import('../../inspector/Inspector.tsx')),
  simulator: lazy(() => import('../../simulator/SimulatorPanel.tsx')),
  problems: lazy(() => import('../../problems/ProblemsPanel.tsx')),
  find: lazy(() => import('../../find/FindPanel.tsx')),
  versions: lazy(() => import('../../publish/VersionsPanel.tsx')),
  counts: lazy(() => import('../../counts/CountsPanel.tsx')),
  json: lazy(() => import('../../inspector/JsonPanel.tsx')),
};
