import { useReactFlow, type Viewport } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { useOpenFlow } from '../document/use-document.ts';
import type { Workbench } from '../document/workbench.ts';

/** Where the canvas of each open flow was left: one that made room for a version comes back as it was. */
const left = new WeakMap<Workbench, Viewport>();

/** What is to be called once the canvas is there: shows what was in sight before, else begins. */
export function useKeptView(begin: () => void): () => void {
  const { workbench } = useOpenFlow();
  const { getViewport, setViewport } = useReactFlow();
  const hasBegun = useRef(false);
  useLayoutEffect(
    () => () => {
      if (hasBegun.current) left.set(workbench, getViewport());
    },
    [workbench, getViewport],
  );
  return () => {
    hasBegun.current = true;
    const view = left.get(workbench);
    if (view) void setViewport(view);
    else begin();
  };
}
