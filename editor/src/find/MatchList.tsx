import { pointer } from '@parley/runtime';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKindBelow, useNodeName } from '../document/node-name.ts';
import { useFieldWords } from '../document/problem-words.ts';
import classes from './find.module.css';
import type { Match } from './find-matches.ts';
import { isSetting } from './text-places.ts';

const MOST = 300; // lines: more are counted, and stepped through
const AROUND = 40; // letters before a hit; the line breaks by itself behind it

interface MatchListProps {
  matches: readonly Match[];
  at: number;
  onGo: (index: number) => void;
}

/** The hits by step, each with the words around it. */
export function MatchList({ matches, at, onGo }: MatchListProps) {
  const { t } = useTranslation('find');
  const nameOf = useNodeName();
  const kindBelow = useKindBelow();
  const fieldWords = useFieldWords();
  const placeOf = ({ place, node }: Match) => {
    const field = place.kind === 'config' && node ? fieldWords(node, pointer(place.path)) : '';
    return field || t(`kinds.${isSetting(place) ? 'variable' : place.kind}`);
  };
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that another hit is gone to
  useEffect(() => {
    // With braces: some browsers answer with a promise, which React would call when the effect ends
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const shown = matches.slice(0, MOST).map((match, index) => ({ match, index }));
  return [...Map.groupBy(shown, ({ match }) => match.node?.id ?? '')].map(([id, lines]) => {
    const node = lines[0]?.match.node;
    const title = node ? nameOf(node) : t('wholeBot');
    return (
      <section key={id} className={classes.group} aria-label={title}>
        <h3>
          <bdi>{title}</bdi>
          {node && <small className={classes.excerptLine}>{kindBelow(node)}</small>}
        </h3>
        <ul>
          {lines.map(({ match, index }) => (
            <li key={match.key}>
              <button
                type="button"
                ref={index === at ? current : null}
                className={classes.line}
                aria-current={index === at || undefined}
                onClick={() => onGo(index)}
              >
                <Excerpt match={match} />
                <small>{placeOf(match)}</small>
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

function Excerpt({ match: { text, start, end } }: { match: Match }) {
  const from = Math.max(0, start - AROUND);
  return (
    <span dir="auto" className={classes.excerpt}>
      {from > 0 && '…'}
      {text.slice(from, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end, end + AROUND * 3)}
      {end + AROUND * 3 < text.length && '…'}
    </span>
  );
}
