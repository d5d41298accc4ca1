import { Text } from '@mantine/core';
import { IconArrowsMove, IconMinus, IconPencil, IconPlus, IconRoute } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Fact, stepOf } from './describe-difference.ts';
import { FactLine } from './FactLine.tsx';
import classes from './facts.module.css';
import { useFactWords } from './use-fact-words.ts';

interface FactListProps {
  label: string;
  facts: readonly Fact[];
  /** Which one is being looked at. */
  current?: number;
  onGo?: (index: number) => void;
}

const SHOWN = 100; // lines at first; a flow that was written anew has thousands

/** What changed, a line each; those that have a place on the canvas lead there. */
export function FactList({ label, facts, current, onGo }: FactListProps) {
  const { t } = useTranslation('publish');
  const { sentence } = useFactWords();
  const [isWhole, setWhole] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children[current ?? -1]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  if (facts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('nothingChanged')}
      </Text>
    );
  const shown = isWhole || (current ?? 0) >= SHOWN ? facts : facts.slice(0, SHOWN);
  return (
    <>
      <ol ref={list} className={classes.list} aria-label={label}>
        {shown.map((fact, index) => {
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
            // biome-ignore lint/suspicious/noArrayIndexKey: a list of facts is made anew as a whole
            <li key={index} data-quiet={fact.kind === 'layout_changed' || undefined}>
              {onGo && stepOf(fact) ? (
                <button
                  type="button"
                  className={classes.fact}
                  aria-current={index === current || undefined}
                  onClick={() => onGo(index)}
                >
                  {content}
                </button>
              ) : (
                <div className={classes.fact} aria-current={index === current || undefined}>
                  {content}
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {shown.length < facts.length && (
        <button type="button" className={classes.more} onClick={() => setWhole(true)}>
          {t('moreChanges', { count: facts.length - shown.length })}
        </button>
      )}
    </>
  );
}

function lookOf({ kind }: Fact) {
  if (kind === 'layout_changed') return { Icon: IconArrowsMove, tone: 'quiet' } as const;
  if (kind === 'wire_changed') return { Icon: IconRoute, tone: 'changed' } as const;
  if (kind.endsWith('_added')) return { Icon: IconPlus, tone: 'added' } as const;
  if (kind.endsWith('_removed')) return { Icon: IconMinus, tone: 'removed' } as const;
  return { Icon: IconPencil, tone: 'changed' } as const;
}
