import { Text } from '@mantine/core';
import { IconArrowsMove, IconMinus, IconPencil, IconPlus, IconRoute } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { scrollIntoView } from '../ui/scroll-into-view.ts';
import { type Fact, stepOf } from './describe-difference.ts';
import { FactLine } from './FactLine.tsx';
import classes from './facts.module.css';
import { useFactWords } from './use-fact-words.ts';

interface FactListProps {
  label: string;
  facts: readonly Fact[];
  /** Which one is being looked at. */
  current?: number | null;
  /** The same function at every drawing. */
  onGo?: (index: number) => void;
}

const SHOWN = 100; // lines at first; a flow that was written anew has thousands

/** What changed, a line each; those that have a place on the canvas lead there. */
export function FactList({ label, facts, current = null, onGo }: FactListProps) {
  const { t } = useTranslation('publish');
  const [isWhole, setWhole] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const isBeyond = current !== null && current >= SHOWN;
  useEffect(() => {
    if (current === null) return;
    if (isBeyond) setWhole(true);
    scrollIntoView(list.current?.children[current]);
  }, [current, isBeyond]);
  if (facts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('nothingChanged')}
      </Text>
    );
  const shown = isWhole || isBeyond ? facts : facts.slice(0, SHOWN);
  return (
    <>
      <ol ref={list} className={classes.list} aria-label={label}>
        {shown.map((fact, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of facts is made anew as a whole
          <FactItem key={index} fact={fact} index={index} isCurrent={index === current} onGo={onGo} />
        ))}
      </ol>
      {shown.length < facts.length && (
        <button type="button" className={classes.more} onClick={() => setWhole(true)}>
          {t('moreChanges', { count: facts.length - shown.length })}
        </button>
      )}
    </>
  );
}

interface FactItemProps {
  fact: Fact;
  index: number;
  isCurrent: boolean;
  onGo: ((index: number) => void) | undefined;
}

/** Drawn anew only where it becomes another one: there may be a thousand. */
const FactItem = memo(function FactItem({ fact, index, isCurrent, onGo }: FactItemProps) {
  const { sentence } = useFactWords();
  const { Icon, tone } = lookOf(fact);
  const content = (
    <>
      <span className={classes.icon} data-tone={tone}>
        <Icon size={14} aria-hidden="true" />
      </span>
      <span className={classes.words}>
        <FactLine sentence={sentence(fact)} />
      </span>
    </>
  );
  return (
    <li data-quiet={fact.kind === 'layout_changed' || undefined}>
      {onGo && stepOf(fact) ? (
        <button
          type="button"
          className={classes.fact}
          aria-current={isCurrent || undefined}
          onClick={() => onGo(index)}
        >
          {content}
        </button>
      ) : (
        <div className={classes.fact} aria-current={isCurrent || undefined}>
          {content}
        </div>
      )}
    </li>
  );
});

function lookOf({ kind }: Fact) {
  if (kind === 'layout_changed') return { Icon: IconArrowsMove, tone: 'quiet' } as const;
  if (kind === 'wire_changed') return { Icon: IconRoute, tone: 'changed' } as const;
  if (kind.endsWith('_added')) return { Icon: IconPlus, tone: 'added' } as const;
  if (kind.endsWith('_removed')) return { Icon: IconMinus, tone: 'removed' } as const;
  return { Icon: IconPencil, tone: 'changed' } as const;
}
