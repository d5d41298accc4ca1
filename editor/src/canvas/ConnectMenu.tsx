import { nodeTypes } from '@parley/nodes';
import type { Flow, FlowNode } from '@parley/runtime';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newEdgeId } from '../document/new-id.ts';
import { useKindBelow, useNodeName } from '../document/node-name.ts';
import { useFlow } from '../document/use-document.ts';
import { type Pick, PickList } from '../steps/PickList.tsx';
import { usePortName } from '../steps/port-names.ts';
import { StepBadge } from '../steps/StepBadge.tsx';
import { type Overlay, useCanvasStore } from './canvas-state.ts';
import { portsOfCard, wiredPorts } from './card-ports.ts';
import { Floating } from './Floating.tsx';
import classes from './overlays.module.css';
import { refusalOf } from './refusal.ts';
import type { Actions } from './use-actions.ts';
import { nodeIn } from './use-card.ts';

const NEW = ' new';
const NONE = ' none';
const ARROWS = ' arrows';

type ConnectOverlay = Extract<Overlay, { kind: 'connect' }>;

interface ConnectMenuProps {
  overlay: ConnectOverlay;
  actions: Actions;
  linkByArrows: (node: string, port: string) => void;
}

/** Connecting by keyboard: first the way out of the step, then where it leads; from a list, or by arrow keys on the canvas. */
export function ConnectMenu({ overlay, actions, linkByArrows }: ConnectMenuProps) {
  const { t } = useTranslation('canvas');
  const canvas = useCanvasStore();
  const flow = useFlow((one) => one);
  const node = nodeIn(flow, overlay.node);
  const ports = usePorts(flow, node);
  const [query, setQuery] = useState('');
  const only = ports.length === 1 ? ports[0]?.id : undefined;
  const port = overlay.port ?? only ?? null;
  const targets = useTargets(flow, overlay.node, port);
  const close = () => {
    canvas.set({ overlay: null });
    actions.focus(overlay.node);
  };
  if (!node) return null;
  const items = port === null ? ports : targets;
  const found = items.filter(({ title, hint = '' }) =>
    `${title} ${hint}`.toLowerCase().includes(query.trim().toLowerCase()),
  );

  function pick(id: string): void {
    setQuery('');
    if (port === null) {
      canvas.set({ overlay: { ...overlay, port: id } });
      return;
    }
    if (id === NEW) {
      canvas.set({
        overlay: { kind: 'steps', screen: overlay.screen, where: { kind: 'after', node: overlay.node, port } },
      });
      return;
    }
    if (id === ARROWS) {
      canvas.set({ overlay: null });
      linkByArrows(overlay.node, port);
      return;
    }
    const old = flow.edges.find(({ source, sourceHandle }) => source === overlay.node && sourceHandle === port);
    if (id === NONE) old && actions.disconnect(old.id);
    else {
      const edge = { id: newEdgeId(flow, overlay.node, port), source: overlay.node, sourceHandle: port, target: id };
      const title = targets.find((one) => one.id === id)?.title ?? id;
      actions.apply([{ edit: 'connect', edge }], 'connect', t('told.connected', { name: title }));
    }
    close();
  }

  const label =
    port === null ? t('choosePort') : t('chooseTarget', { port: ports.find(({ id }) => id === port)?.title ?? port });
  return (
    <Floating label={label} screen={overlay.screen} onClose={close}>
      <p className={classes.heading}>{label}</p>
      <PickList
        key={port ?? ''}
        label={label}
        placeholder={t('search')}
        nothing={t('noStepFound')}
        count={t('found', { count: found.length })}
        query={query}
        onQuery={setQuery}
        items={found}
        onPick={pick}
        autoFocus
      />
    </Floating>
  );
}

function usePorts(flow: Flow, node: FlowNode | undefined): Pick[] {
  const { t, i18n } = useTranslation('canvas');
  const portName = usePortName();
  const titleOf = useNodeName();
  if (!node) return [];
  const wired = wiredPorts(flow).get(node.id) ?? [];
  return portsOfCard(node, wired, { t, portName, language: i18n.language }).map(({ port, title }) => {
    const edge = flow.edges.find(({ source, sourceHandle }) => source === node.id && sourceHandle === port);
    const target = edge && nodeIn(flow, edge.target);
    return { id: port, title, hint: target ? t('leadsTo', { step: titleOf(target) }) : t('leadsNowhere') };
  });
}

/** Steps that a wire may lead to, the nearest on the canvas first; a new one; and none at all where there is one. */
function useTargets(flow: Flow, source: string, port: string | null): Pick[] {
  const { t } = useTranslation('canvas');
  const kindBelow = useKindBelow();
  const titleOf = useNodeName();
  const [x, y] = flow.layout.nodes[source] ?? [0, 0];
  const far = ({ id }: FlowNode) => {
    const [otherX, otherY] = flow.layout.nodes[id] ?? [0, 0];
    return Math.hypot(otherX - x, otherY - y);
  };
  const steps = flow.nodes
    .filter(({ id }) => refusalOf(flow, source, id) === null)
    .sort((one, other) => far(one) - far(other))
    .map((node): Pick => {
      const type = nodeTypes.get(node.type);
      return {
        id: node.id,
        title: titleOf(node),
        hint: kindBelow(node) ?? undefined,
        icon: <StepBadge type={type} />,
      };
    });
  const isWired = flow.edges.some((edge) => edge.source === source && edge.sourceHandle === port);
  const others = [
    { id: NEW, title: t('newStep') },
    ...(steps.length > 0 ? [{ id: ARROWS, title: t('linking.byArrows') }] : []),
    ...(isWired ? [{ id: NONE, title: t('noStep') }] : []),
  ];
  return [...steps, ...others];
}
