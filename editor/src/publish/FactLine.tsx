import { IconArrowRight } from '@tabler/icons-react';
import classes from './facts.module.css';
import type { Sentence } from './use-fact-words.ts';
import { wordDifference } from './word-difference.ts';

const SHORT = 28; // characters: two values of that length stand side by side

/** What changed, and from what to what: short values beside each other, in longer texts the words that changed. */
export function FactLine({ sentence: { text, values } }: { sentence: Sentence }) {
  return (
    <>
      <span className={classes.text}>{text}</span>
      {values && <Values {...values} />}
    </>
  );
}

function Values({ before, after, isSaid = false }: NonNullable<Sentence['values']>) {
  const dir = isSaid ? undefined : 'auto';
  if (before === null && after === null) return null;
  if (before === null)
    return (
      <ins className={classes.value} dir={dir}>
        {after}
      </ins>
    );
  if (after === null)
    return (
      <del className={classes.value} dir={dir}>
        {before}
      </del>
    );
  if (before.length <= SHORT && after.length <= SHORT)
    return (
      <span className={classes.values}>
        <del dir={dir}>{before}</del>
        <IconArrowRight size={14} aria-hidden="true" className={classes.arrow} />
        <ins dir={dir}>{after}</ins>
      </span>
    );
  return (
    <span className={classes.value} dir={dir}>
      {wordDifference(before, after).map(({ kind, text }, index) => {
        const Tag = kind === 'same' ? 'span' : kind === 'added' ? 'ins' : 'del';
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name, and never move
        return <Tag key={index}>{text}</Tag>;
      })}
    </span>
  );
}
