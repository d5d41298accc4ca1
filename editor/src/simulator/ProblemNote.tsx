import { UnstyledButton } from '@mantine/core';
import type { Problem } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import { Callout } from '../ui/Callout.tsx';
import classes from './problem-note.module.css';

const MAX_SHOWN = 4; // the problems' own panel has them all

/** What keeps the flow from running, each with the way to it. */
export function ProblemNote({ errors }: { errors: readonly Problem[] }) {
  const { t } = useTranslation('simulator');
  const { workbench } = useOpenFlow();
  return (
    <Callout tone="error">
      <ul className={classes.list} aria-label={t('broken.list')}>
        {errors.slice(0, MAX_SHOWN).map(({ message, node, edge, path }) => (
          <li key={`${node} ${edge} ${path} ${message}`}>
            <UnstyledButton
              className={classes.problem}
              onClick={() => workbench.show({ ...(node && { node }), ...(edge && { edge }) })}
            >
              {message}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {errors.length > MAX_SHOWN && (
        <UnstyledButton className={classes.problem} onClick={() => workbench.openPanel('problems')}>
          {t('broken.more', { count: errors.length - MAX_SHOWN })}
        </UnstyledButton>
      )}
    </Callout>
  );
}
