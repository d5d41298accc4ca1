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

/** The panel that a link asks for, such as `/bots/flw_01J?panel=problems`; undefined leaves the usual one. */
export const panelNamed = (name: string | null): Panel | undefined =>
  name !== null && Object.hasOwn(PANELS, name) ? (name as Panel) : undefined; // checked to be a key just before
