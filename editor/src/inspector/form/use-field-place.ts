import { useEffect } from 'react';
import { useWorkbench } from '../../document/use-document.ts';
import { controlId } from './form-context.ts';

/** Brings the keys to the field that was asked for, or to the nearest one around it. */
export function useFieldPlace(form: string, node: string): void {
  const place = useWorkbench((state) => state.place);
  useEffect(() => {
    if (place?.node !== node || !place.field) return;
    const parts = place.field.split('/').slice(1);
    // After the form is drawn
    const frame = requestAnimationFrame(() => {
      for (let length = parts.length; length > 0; length--) {
        const element = document.getElementById(controlId(form, parts.slice(0, length)));
        if (!element) continue;
        element.scrollIntoView({ block: 'center' });
        element.focus();
        return;
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [place, form, node]);
}
