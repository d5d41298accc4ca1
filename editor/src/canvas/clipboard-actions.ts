import { nodeTypes } from '@parley/nodes';
import type { Flow } from '@parley/runtime';
import { copyText, pasteEdits, readClip } from '../document/clipboard.ts';
import { nodesIn } from '../document/groups.ts';
import { say } from '../ui/notices.ts';
import type { Acting } from './acting.ts';
import { noteKey } from './graph.ts';
import type { Looking } from './looking-actions.ts';
import { placeOf } from './places.ts';

const ASIDE = 40; // pixels between what is copied and its copy
/** Where the browser keeps no clipboard for us, such as on a page without https. */
let ownClipboard = '';

/** Copying, pasting and making twice what is selected. */
export function clipboardActions(acting: Acting, { middle, focus }: Pick<Looking, 'middle' | 'focus'>) {
  const { flow, selection, isReadOnly, apply, canvas, workbench, t } = acting;
  const clip = (): string => copyText(flow(), selection(), nodeTypes);
  const count = (nodes: readonly string[], notes: readonly string[]) => nodes.length + notes.length;

  /** The copies, chosen; false where they could not be made. */
  function put(pasted: ReturnType<typeof pasteEdits>, label: 'paste' | 'duplicate'): boolean {
    const { nodes, notes } = pasted.selection;
    const told = label === 'paste' ? 'told.pasted' : 'told.duplicated';
    if (!apply(pasted.edits, label, t(told, { count: count(nodes, notes) }))) return false;
    workbench.select(pasted.selection);
    const first = nodes[0] ?? notes.map(noteKey)[0];
    if (first) requestAnimationFrame(() => focus(first));
    return true;
  }

  const copy = (): string => {
    ownClipboard = clip();
    canvas.tell(t('told.copied', { count: nodesIn(flow(), selection()).size + selection().notes.length }));
    return ownClipboard;
  };

  return {
    copy,
    /** From a menu, where no event of the browser brings its clipboard. */
    copyOut: () => putOnClipboard(copy()),
    /** Puts what a text holds on the canvas; false where it is nothing of ours. */
    paste: (text: string, at?: readonly [number, number]): boolean => {
      const read = readClip(text || ownClipboard);
      if (!read || isReadOnly()) return false;
      const pasted = pasteEdits(flow(), read, at ?? middle(), nodeTypes);
      if (!put(pasted, 'paste')) return false;
      const names = pasted.missing.map(({ name }) => name).join(', ');
      if (names) say(t('missingHere', { names }));
      return true;
    },
    duplicate: () => {
      const read = readClip(clip());
      if (!read) return;
      const [x, y] = topLeft(flow(), selection()) ?? middle();
      put(pasteEdits(flow(), read, [x + ASIDE, y + ASIDE], nodeTypes), 'duplicate');
    },
  };
}

/** A page without https has no clipboard, but what is marked in a field can be copied. */
function putOnClipboard(text: string): void {
  if (navigator.clipboard) return void navigator.clipboard.writeText(text).catch(() => {});
  const before = window.document.activeElement;
  const field = window.document.createElement('textarea');
  field.value = text;
  window.document.body.append(field);
  field.select();
  window.document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
}

function topLeft(flow: Flow, chosen: { nodes: readonly string[]; notes: readonly string[] }): [number, number] | null {
  const steps = flow.nodes.flatMap(({ id }, index) => (chosen.nodes.includes(id) ? [placeOf(flow, id, index)] : []));
  const notes = flow.layout.notes.flatMap(({ id, at: [x, y] }) => (chosen.notes.includes(id) ? [{ x, y }] : []));
  const places = [...steps, ...notes];
  if (places.length === 0) return null;
  return [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
}
