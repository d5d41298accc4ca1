import { Text, UnstyledButton } from '@mantine/core';
import type { Problem } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { useProblemAddress, useProblemWords } from '../document/problem-words.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { Callout } from '../ui/Callout.tsx';
import classes from './problem-note.module.css';

const MAX_SHOWN = 4; // the problems' own panel has them all

/** What keeps the flow from running, each with the way to it. */
export function ProblemNote({ errors }: { errors: readonly Problem[] }) {
  const { t } = useTranslation('simulator');
  const { workbench } = useOpenFlow();
  const nodes = useFlow((flow) => flow.nodes);
  const words = useProblemWords();
  const addressOf = useProblemAddress();
  return (
    <Callout tone="error">
      <ul className={classes.list} aria-label={t('broken.list')}>
        {errors.slice(0, MAX_SHOWN).map((problem) => {
          const { message, node, edge, path } = problem;
          const address = addressOf(problem, nodes);
          return (
            <li key={`${node} ${edge} ${path} ${message}`}>
              <UnstyledButton
                className={classes.problem}
                onClick={() => workbench.show({ ...(node && { node }), ...(edge && { edge }) })}
              >
                <span dir="auto">{words(problem)}</span>
                {address !== '' && (
                  <Text component="small" size="xs" display="block">
                    <bdi>{address}</bdi>
                  </Text>
                )}
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      {errors.length > MAX_SHOWN && (
        <UnstyledButton className={classes.problem} onClick={() => workbench.openPanel('problems')}>
          {t('broken.more', { count: errors.length - MAX_SHOWN })}
        </UnstyledButton>
      )}
    </Callout>
  );
}
