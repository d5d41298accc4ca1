import { nodeTypes } from '@parley/nodes';
import type { NodeType } from '@parley/runtime';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findSteps } from './find-steps.ts';
import { PickList } from './PickList.tsx';
import { StepBadge } from './StepBadge.tsx';
import { groupOf, STEP_GROUPS } from './step-look.ts';
import { useSteps } from './use-steps.ts';

interface StepListProps {
  onPick: (type: NodeType) => void;
  onDragStart?: (type: NodeType, event: DragEvent) => void;
  autoFocus?: boolean;
  /** False where something leads to the new step: nothing leads to a trigger. */
  hasTriggers?: boolean;
}

/** All steps by group; typing narrows them. The palette shows it at the side, the step menu at a place of the canvas. */
export function StepList({ onPick, onDragStart, autoFocus, hasTriggers = true }: StepListProps) {
  const { t } = useTranslation('steps');
  const [query, setQuery] = useState('');
  const steps = useSteps();
  const offered = hasTriggers ? steps : steps.filter(({ type }) => type.begins === null);
  const found = findSteps(offered, query);
  // Sorted by group only while nothing is looked for: then the best comes first
  const items = query.trim()
    ? found
    : STEP_GROUPS.flatMap((group) => found.filter(({ type }) => groupOf(type) === group));
  const picked = (id: string, then: (type: NodeType) => void) => {
    const type = nodeTypes.get(id);
    if (type) then(type);
  };
  return (
    <PickList
      label={t('search')}
      placeholder={t('search')}
      nothing={t('nothing')}
      count={t('count', { count: items.length })}
      query={query}
      onQuery={setQuery}
      autoFocus={autoFocus}
      items={items.map(({ type, title, description }) => ({
        id: type.type,
        title,
        hint: description,
        icon: <StepBadge type={type} />,
        group: query.trim() ? '' : t(`groups.${groupOf(type)}`),
      }))}
      onPick={(id) => picked(id, onPick)}
      onDragStart={onDragStart && ((id, event) => picked(id, (type) => onDragStart(type, event)))}
    />
  );
}
