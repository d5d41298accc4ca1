import { nodeTypes } from '@parley/nodes';
import type { FlowNode } from '@parley/runtime';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { StepBadge } from '../steps/StepBadge.tsx';
import { groupOf } from '../steps/step-look.ts';
import { useNodeWords } from '../ui/node-words.ts';
import { CardBody } from './CardBody.tsx';
import { CardMarks, ProblemBadge, toneOf } from './CardMarks.tsx';
import { CardPorts } from './CardPorts.tsx';
import classes from './card.module.css';
import type { CardNode } from './graph.ts';
import { useCardNode, useHasBreakpoint, useNodeMarks, useNodeProblems, useTitleOf } from './use-card.ts';

/** One node: what it is, what it says, and its ports by name. */
export const Card = memo(function Card({ id, selected }: NodeProps<CardNode>) {
  const node = useCardNode(id);
  return node ? <WholeCard node={node} isSelected={selected} /> : null;
});

/** Draws again only when its own node changed: not while it is dragged, which is a matter of where it stands. */
const WholeCard = memo(function WholeCard({ node, isSelected }: { node: FlowNode; isSelected: boolean }) {
  const { t, i18n } = useTranslation('canvas');
  const word = useNodeWords();
  const title = useTitleOf()(node);
  const type = nodeTypes.get(node.type);
  const marks = useNodeMarks(node.id);
  const problems = useNodeProblems(node.id);
  const hasBreakpoint = useHasBreakpoint(node.id);
  const kind = type ? word(type.title) : t('unknownType');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no card
    <div
      role="group"
      tabIndex={-1}
      data-card={node.id}
      data-step-group={type ? groupOf(type) : 'unknown'}
      data-selected={isSelected || undefined}
      data-tone={toneOf(marks)}
      data-faulty={problems.some(({ severity }) => severity === 'error') || undefined}
      aria-label={node.label ? t('cardNamed', { title, kind }) : title}
      aria-description={problems.length > 0 ? t('problems', { count: problems.length }) : undefined}
      className={classes.card}
      dir={i18n.dir()}
    >
      {type?.begins ? null : <Handle type="target" id="in" position={Position.Left} className={classes.entry} />}
      <div className={classes.head}>
        <StepBadge type={type} />
        <span className={classes.names}>
          <strong className={classes.title}>
            <bdi>{title}</bdi>
          </strong>
          {node.label && type && <small className={classes.kind}>{kind}</small>}
        </span>
        {hasBreakpoint && (
          <span className={classes.breakpoint} role="img" aria-label={t('breakpoint')} title={t('breakpoint')} />
        )}
        <ProblemBadge problems={problems} />
      </div>
      <CardBody node={node} isKnown={type !== undefined} />
      <CardPorts node={node} />
      <CardMarks marks={marks} />
    </div>
  );
});
