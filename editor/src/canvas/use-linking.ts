import { nodeTypes } from '@parley/nodes';
import { type KeyboardEvent, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { newEdgeId } from '../document/new-id.ts';
import { useNodeName } from '../document/node-name.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { usePortName } from '../steps/port-names.ts';
import { freePortOf } from '../steps/ports-of-node.ts';
import { say } from '../ui/notices.ts';
import { useStable } from '../ui/use-stable.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import { portsOfCard, wiredPorts } from './card-ports.ts';
import { firstTarget, type Linking, nextTarget, stepAt, targetsOf } from './linking.ts';
import { ARROWS } from './navigate.ts';
import type { Actions } from './use-actions.ts';
import { nodeIn } from './use-card.ts';

export type LinkingKeys = ReturnType<typeof useLinking>;

const LAYER = 'linking';

/** Connecting with the arrow keys alone: they go to the card, Tab to another way out, Enter connects, Escape leaves. */
export function useLinking(actions: Actions) {
  const { t, i18n } = useTranslation('canvas');
  const { workbench } = useOpenFlow();
  const canvas = useCanvasStore();
  const portName = usePortName();
  const titleOf = useNodeName();
  const target = useCanvas((state) => state.linking?.target ?? null);

  useEffect(() => {
    workbench.draw(LAYER, target === null ? null : { nodes: { [target]: { tone: 'added', text: '↵' } } });
    return () => workbench.draw(LAYER, null);
  }, [workbench, target]);

  const titleAt = (key: string) => {
    const node = nodeIn(actions.flow(), stepAt(actions.flow(), key));
    return node ? titleOf(node) : key;
  };
  function portsOf(source: string) {
    const flow = actions.flow();
    const node = nodeIn(flow, source);
    const words = { t, portName, language: i18n.language };
    return node ? portsOfCard(node, wiredPorts(flow).get(source) ?? [], words) : [];
  }
  function set(linking: Linking): void {
    canvas.set({ linking });
    if (linking.target === null) return;
    actions.bring([linking.target, linking.source]);
    const all = targetsOf(actions.flow(), actions.spots(), linking.source);
    canvas.tell(
      t('linking.at', {
        port: portsOf(linking.source).find(({ port }) => port === linking.port)?.title ?? linking.port,
        step: titleAt(linking.target),
        place: all.findIndex(({ id }) => id === linking.target) + 1,
        count: all.length,
      }),
    );
  }
  const start = useStable((source: string, wanted: string | null = null): void => {
    const node = nodeIn(actions.flow(), source);
    if (!node || actions.isReadOnly()) return;
    const port = wanted ?? freePortOf(actions.flow(), node, nodeTypes) ?? portsOf(source)[0]?.port;
    const first = port === undefined ? null : firstTarget(actions.flow(), actions.spots(), source, port);
    if (port === undefined || first === null) {
      say(t('linking.nowhere'));
      return;
    }
    set({ source, port, target: first });
    actions.focusGround();
  });
  function end(): void {
    const { linking } = canvas.now();
    canvas.set({ linking: null });
    if (linking) actions.focus(linking.source);
  }
  function connect({ source, port }: Linking, key: string): void {
    const edge = {
      id: newEdgeId(actions.flow(), source, port),
      source,
      sourceHandle: port,
      target: stepAt(actions.flow(), key),
    };
    actions.apply([{ edit: 'connect', edge }], 'connect', t('told.connected', { name: titleAt(key) }));
    end();
  }

  function pressed(event: KeyboardEvent): void {
    const { linking } = canvas.now();
    if (!linking) return;
    const direction = ARROWS[event.key];
    if (direction) set({ ...linking, target: nextTarget(actions.flow(), actions.spots(), linking, direction) });
    else if (event.key === 'Tab') {
      const ports = portsOf(linking.source).map(({ port }) => port);
      const at = ports.indexOf(linking.port) + (event.shiftKey ? -1 : 1);
      set({ ...linking, port: ports.at(at % ports.length) ?? linking.port });
    } else if (event.key === 'Enter' && linking.target !== null) connect(linking, linking.target);
    else if (event.key === 'Escape') end();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return { start, pressed };
}
