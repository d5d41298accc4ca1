import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { layerOf } from './talk/layer-of.ts';
import { usePreferences, useTalkView } from './use-simulator.ts';

/** Draws on the canvas where the talk is and has been, and moves to it. */
export function useCanvasMarks(): void {
  const { t } = useTranslation('simulator');
  const { workbench } = useOpenFlow();
  const { follows } = usePreferences();
  const { frames, at, place, tried } = useTalkView();
  const flow = useFlow((one) => one);

  useEffect(() => {
    const words = { here: t('marks.here'), visited: (count: number) => t('marks.visited', { count }) };
    workbench.draw('simulator', frames.length === 0 ? null : layerOf(flow, { frames, at, place, tried }, words));
  }, [workbench, flow, frames, at, place, tried, t]);

  const node = place?.id;
  useEffect(() => {
    if (follows && node !== undefined) workbench.show({ node });
  }, [workbench, follows, node]);

  // Marks stay while another panel lies there: one mends a text and sees where the talk is; they go with the page
}
