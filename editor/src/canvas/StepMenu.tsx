import { useTranslation } from 'react-i18next';
import { StepList } from '../steps/StepList.tsx';
import { type Overlay, useCanvasStore } from './canvas-state.ts';
import { Floating } from './Floating.tsx';
import type { Actions } from './use-actions.ts';

/** The steps at the place where one is to be added. */
export function StepMenu({ overlay, actions }: { overlay: Extract<Overlay, { kind: 'steps' }>; actions: Actions }) {
  const { t } = useTranslation('canvas');
  const canvas = useCanvasStore();
  const close = () => {
    canvas.set({ overlay: null });
    const { active } = canvas.now();
    if (active) actions.focus(active);
  };
  const hasTriggers = overlay.where.kind === 'place';
  return (
    <Floating label={t('stepMenu')} screen={overlay.screen} onClose={close}>
      <StepList autoFocus hasTriggers={hasTriggers} onPick={(type) => actions.addStepAt(type, overlay.where)} />
    </Floating>
  );
}
