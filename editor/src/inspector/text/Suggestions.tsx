import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNodeName } from '../../document/node-name.ts';
import { useFlow } from '../../document/use-document.ts';
import { useNodeWords } from '../../ui/node-words.ts';
import { callOf, type Suggestion } from './complete.ts';
import classes from './suggestions.module.css';

interface SuggestionsProps {
  id: string;
  label: string;
  suggestions: readonly Suggestion[];
  active: number;
  onTake: (chosen: Suggestion) => void;
  onPoint: (index: number) => void;
}

/** Variables and helpers that may follow; the keys stay in the text. */
export function Suggestions({ id, label, suggestions, active, onTake, onPoint }: SuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <div ref={list} id={id} className={classes.list} role="listbox" aria-label={label}>
      {suggestions.map((one, index) => (
        <div
          key={one.kind === 'variable' ? one.variable.name : `${one.helper.name}()`}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={classes.option}
          // The text area keeps the focus
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(one);
          }}
          onMouseEnter={() => onPoint(index)}
        >
          {one.kind === 'variable' ? <VariableOption of={one.variable} /> : <HelperOption of={one.helper} />}
        </div>
      ))}
    </div>
  );
}

function VariableOption({ of }: { of: Extract<Suggestion, { kind: 'variable' }>['variable'] }) {
  const { t } = useTranslation('inspector');
  const nameOf = useNodeName();
  const setter = useFlow((flow) => flow.nodes.find(({ id }) => id === of.node));
  const where = setter ? nameOf(setter) : t(`completion.from.${of.from}`);
  return (
    <>
      <span className={classes.name} dir="ltr">
        {of.name}
      </span>
      <span className={classes.type}>{t(`types.${of.type}`)}</span>
      <span className={classes.about}>
        {of.node ? t('completion.setBy', { node: where }) : where}
        {of.example ? (
          <>
            {' · '}
            <bdi>{of.example}</bdi>
          </>
        ) : null}
        {of.isBefore ? null : ` · ${t('completion.maybeLater')}`}
      </span>
    </>
  );
}

function HelperOption({ of }: { of: Extract<Suggestion, { kind: 'helper' }>['helper'] }) {
  const { t } = useTranslation('inspector');
  const words = useNodeWords();
  return (
    <>
      <span className={classes.name} dir="ltr">
        {callOf(of)}
      </span>
      <span className={classes.type}>{t('completion.helper')}</span>
      <span className={classes.about}>
        {words(of.summary)} <bdi className={classes.example}>{of.example.template}</bdi>
      </span>
    </>
  );
}
