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

const CLOSED = 'none';

/** The panel that a link asks for, such as `/bots/flw_01J?panel=problems`; null for none, undefined for the usual one. */
export function panelNamed(name: string | null): Panel | null | undefined {
  if (name === CLOSED) return null;
  return name !== null && Object.hasOwn(PANELS, name) ? (name as Panel) : undefined; // checked to be a key just before
}

export const nameOfPanel = (panel: Panel | null): string => panel ?? CLOSED;
