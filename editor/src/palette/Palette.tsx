import { nodes } from '@parley/nodes';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import classes from './palette.module.css';

/** What can be put on the canvas. */
export function Palette() {
  const { t } = useTranslation('palette');
  const { document } = useOpenFlow();
  const add = (type: string) =>
    document.apply(
      [{ edit: 'addNode', node: { id: `n${crypto.randomUUID().slice(0, 8)}`, type, config: {} }, at: [0, 0] }],
      'add',
    );
  return (
    <nav className={classes.palette} aria-label={t('title')}>
      {nodes.map(({ type, title }) => (
        <button key={type} type="button" onClick={() => add(type)}>
          {title}
        </button>
      ))}
    </nav>
  );
}
