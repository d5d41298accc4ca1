import type { FlowNode } from '@parley/runtime';
import { Handle, Position, useUpdateNodeInternals } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './card.module.css';
import type { CardPort } from './card-ports.ts';
import { useCardPorts, usePortMark, useWiredPorts } from './use-card.ts';
import { useOpenSteps } from './use-open-steps.ts';

/** The ways out of a card, each with the end of its wire beside its words. */
export function CardPorts({ node }: { node: FlowNode }) {
  const ports = useCardPorts(node);
  const wired = useWiredPorts(node.id).split('\n');
  useMeasuredPorts(
    node.id,
    ports.map(({ port }) => port),
  );
  if (ports.length === 0) return null;
  return (
    <ul className={classes.ports}>
      {ports.map((port) => (
        <PortRow key={port.port} node={node.id} port={port} isWired={wired.includes(port.port)} />
      ))}
    </ul>
  );
}

/** A port that got another name stands where the old one stood: React Flow would not look again, and lose its wire. */
function useMeasuredPorts(node: string, ports: readonly string[]): void {
  const measure = useUpdateNodeInternals();
  const names = ports.join('\n');
  const measured = useRef(names);
  useEffect(() => {
    if (measured.current === names) return;
    measured.current = names;
    measure(node);
  }, [measure, node, names]);
}

function PortRow({ node, port, isWired }: { node: string; port: CardPort; isWired: boolean }) {
  const { t } = useTranslation('canvas');
  const mark = usePortMark(node, port.port);
  const openSteps = useOpenSteps();
  const isMissed = !isWired && !port.isOptional;
  return (
    <li className={classes.port} data-choice={port.isChoice || undefined} data-missed={isMissed || undefined}>
      <span className={classes.portTitle} dir="auto">
        {port.title}
      </span>
      {mark?.text && (
        <span className={classes.mark} data-tone={mark.tone} title={mark.title}>
          {mark.text}
        </span>
      )}
      {isMissed && <span className={classes.unseen}>{t('leadsNowhere')}</span>}
      <Handle
        type="source"
        id={port.port}
        position={Position.Right}
        className={classes.handle}
        data-wired={isWired || undefined}
        title={isWired ? port.title : t('addAfter', { port: port.title })}
        onClick={(event) => {
          event.stopPropagation();
          if (!isWired) openSteps({ x: event.clientX, y: event.clientY }, { kind: 'after', node, port: port.port });
        }}
      />
    </li>
  );
}
