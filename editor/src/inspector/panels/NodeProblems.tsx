import type { FlowNode, NodeType, Problem } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { problemTone } from '../../document/flow-problem.ts';
import { useProblemWords } from '../../document/problem-words.ts';
import { useProblems } from '../../document/use-document.ts';
import formClasses from '../form/form.module.css';
import classes from './panels.module.css';

/** Problems of a node that no field of its form shows: ways that lead nowhere, an unknown type. */
export function NodeProblems({ node, type }: { node: FlowNode; type: NodeType | undefined }) {
  const { t } = useTranslation('inspector');
  const textOf = useProblemWords();
  const own = useProblems().filter((one) => one.node === node.id && !isAtField(one, type));
  if (own.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label={t('problems')}>
      {own.map((problem) => (
        <li
          key={`${problem.code} ${problem.path} ${problem.edge} ${problem.message}`}
          className={formClasses.problem}
          data-severity={problemTone(problem)}
        >
          {textOf(problem)}
        </li>
      ))}
    </ul>
  );
}

function isAtField({ path }: Problem, type: NodeType | undefined): boolean {
  const [, key] = /^\/nodes\/\d+\/config\/([^/]+)/.exec(path) ?? [];
  return type !== undefined && key !== undefined && key in type.schema.shape;
}
