import { nodeTypes } from '@parley/nodes';
import type { FlowNode } from '@parley/runtime';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { worstTone } from '../document/flow-problem.ts';
import { useNodeName } from '../document/node-name.ts';
import { nodeTitle } from '../document/node-title.ts';
import { useProblemCount } from '../document/problem-words.ts';
import { StepBadge } from '../steps/StepBadge.tsx';
import { groupOf } from '../steps/step-look.ts';
import { useNodeWords } from '../ui/node-words.ts';
import { CardBody } from './CardBody.tsx';
import { CardMarks, toneOf } from './CardMarks.tsx';
import { CardPorts } from './CardPorts.tsx';
import { CardTools } from './CardTools.tsx';
import { useCanvas } from './canvas-state.ts';
import classes from './card.module.css';
import type { CardNode } from './graph.ts';
import { ProblemBadge } from './ProblemBadge.tsx';
import { useCardNode, useHasBreakpoint, useNodeMarks, useNodeProblems } from './use-card.ts';

/** One node: what it is, what it says, and its ports by name. */
export const Card = memo(function Card({ id, selected }: NodeProps<CardNode>) {
  const node = useCardNode(id);
  return node ? <WholeCard node={node} isSelected={selected} /> : null;
});

/** Draws again only when its own node changed: not while it is dragged, which is a matter of where it stands. */
const WholeCard = memo(function WholeCard({ node, isSelected }: { node: FlowNode; isSelected: boolean }) {
  const { t, i18n } = useTranslation('canvas');
  const word = useNodeWords();
  const title = useNodeName()(node);
  const isNamed = nodeTitle(node) !== null;
  const type = nodeTypes.get(node.type);
  const marks = useNodeMarks(node.id);
  const problems = useNodeProblems(node.id);
  const tone = worstTone(problems);
  const countOf = useProblemCount();
  const hasBreakpoint = useHasBreakpoint(node.id);
  const isChosen = useCanvas((state) => state.chosen === node.id);
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
      data-faulty={tone === 'error' || undefined}
      data-unfinished={tone === 'unfinished' || undefined}
      aria-label={isNamed ? t('cardNamed', { title, kind }) : title}
      aria-description={countOf(problems) || undefined}
      className={classes.card}
      dir={i18n.dir()}
    >
      {type?.begins ? null : <Handle type="target" id="in" position={Position.Left} className={classes.entry} />}
      <div className={classes.head}>
        <StepBadge type={type} />
        <span className={classes.names}>
          <strong className={classes.title} dir="auto">
            {title}
          </strong>
          {isNamed && type && <small className={classes.kind}>{kind}</small>}
        </span>
        {hasBreakpoint && (
          <span className={classes.breakpoint} role="img" aria-label={t('breakpoint')} title={t('breakpoint')} />
        )}
        <ProblemBadge problems={problems} />
      </div>
      <CardBody node={node} isKnown={type !== undefined} />
      <CardPorts node={node} />
      <CardMarks marks={marks} />
      {isSelected && isChosen && <CardTools id={node.id} />}
    </div>
  );
});
