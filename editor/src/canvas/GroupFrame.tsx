import type { Flow } from '@parley/runtime';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { renameGroupEdits, toggleGroupEdits } from '../document/groups.ts';
import { useNodeName } from '../document/node-name.ts';
import { useFlow, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { portKey } from '../document/workbench.ts';
import { usePortName } from '../steps/port-names.ts';
import { useCanvas, useCanvasStore } from './canvas-state.ts';
import { portsOfCard } from './card-ports.ts';
import { type FoldedNode, type FrameNode, nameIn } from './graph.ts';
import classes from './note.module.css';
import { nodeIn } from './use-card.ts';

/** The frame around the cards of a group that is open. */
export const GroupFrame = memo(function GroupFrame({ id: key, selected }: NodeProps<FrameNode>) {
  const { id } = nameIn(key);
  const { t, i18n } = useTranslation('canvas');
  const title = useGroupTitle(id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no frame on a canvas
    <div
      role="group"
      tabIndex={-1}
      data-card={key}
      data-selected={selected || undefined}
      aria-label={t('groupNamed', { title })}
      className={classes.frame}
      dir={i18n.dir()}
    >
      <GroupHead id={id} title={title} isFolded={false} />
    </div>
  );
});

/** A group that is folded up: one card that keeps the wires to and from the outside. */
export const FoldedGroup = memo(function FoldedGroup({ id: key, selected }: NodeProps<FoldedNode>) {
  const { id } = nameIn(key);
  const { t, i18n } = useTranslation('canvas');
  const stepName = useNodeName();
  const portName = usePortName();
  const title = useGroupTitle(id);
  const count = useFlow((flow) => groupIn(flow, id)?.nodes.length ?? 0);
  const outs = useFlow((flow) => leaving(flow, id).join('\n'));
  const { document } = useOpenFlow();
  const nameOf = (out: string) => {
    const [source = '', ...rest] = out.split(' ');
    const node = nodeIn(document.store.getSnapshot().context.flow, source);
    const port = rest.join(' ');
    const ports = node ? portsOfCard(node, [port], { t, portName, language: i18n.language }) : [];
    const step = node ? stepName(node) : source;
    return `${step}: ${ports.find((one) => one.port === port)?.title ?? port}`;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no card
    <div
      role="group"
      tabIndex={-1}
      data-card={key}
      data-selected={selected || undefined}
      aria-label={t('groupNamed', { title })}
      className={classes.folded}
      dir={i18n.dir()}
    >
      <Handle type="target" id="in" position={Position.Left} style={{ top: 24 }} />
      <GroupHead id={id} title={title} isFolded />
      <p className={classes.count}>{t('steps', { count })}</p>
      <ul className={classes.outs}>
        {outs
          .split('\n')
          .filter(Boolean)
          .map((out) => (
            <li key={out} className={classes.out} dir="ltr">
              <bdi>{nameOf(out)}</bdi>
              <Handle type="source" id={out} position={Position.Right} />
            </li>
          ))}
      </ul>
    </div>
  );
});

function GroupHead({ id, title, isFolded }: { id: string; title: string; isFolded: boolean }) {
  const { t } = useTranslation('canvas');
  const key = `group:${id}`;
  const canvas = useCanvasStore();
  const { document } = useOpenFlow();
  const isWriting = useCanvas((state) => state.writing === key);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const Icon = isFolded ? IconChevronRight : IconChevronDown;
  const toggle = () => document.apply(toggleGroupEdits(document.store.getSnapshot().context.flow, id), 'fold');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key for it is Enter on the group
    <div className={classes.frameHead} onDoubleClick={() => !isReadOnly && canvas.set({ writing: key })}>
      {isWriting ? (
        <TitleField id={id} title={title} />
      ) : (
        <span className={classes.title} dir="auto">
          {title || t('groupUntitled')}
        </span>
      )}
      {!isReadOnly && (
        <button
          type="button"
          tabIndex={-1}
          className={`${classes.fold} nodrag`}
          aria-expanded={!isFolded}
          aria-label={t(isFolded ? 'unfold' : 'fold')}
          title={t(isFolded ? 'unfold' : 'fold')}
          onClick={toggle}
        >
          <Icon size={18} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

function TitleField({ id, title }: { id: string; title: string }) {
  const { t } = useTranslation('canvas');
  const { document } = useOpenFlow();
  const canvas = useCanvasStore();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <input
      ref={field}
      className={`${classes.titleField} nodrag`}
      aria-label={t('groupTitle')}
      defaultValue={title}
      maxLength={200}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
      onBlur={(event) => {
        const { value } = event.currentTarget;
        const { flow } = document.store.getSnapshot().context;
        if (value !== title) document.apply(renameGroupEdits(flow, id, value), 'rename');
        canvas.set({ writing: null });
      }}
    />
  );
}

const groupIn = (flow: Flow, id: string) => flow.layout.groups.find((group) => group.id === id);
const useGroupTitle = (id: string): string => useFlow((flow) => groupIn(flow, id)?.title ?? '');

/** Ports of its nodes whose wires lead out of the group. */
function leaving(flow: Flow, id: string): string[] {
  const inside = new Set(groupIn(flow, id)?.nodes);
  return flow.edges
    .filter(({ source, target }) => inside.has(source) && !inside.has(target))
    .map(({ source, sourceHandle }) => portKey(source, sourceHandle));
}
