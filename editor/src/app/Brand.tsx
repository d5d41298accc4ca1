import classes from './brand.module.css';
import { words } from './words.ts';

export function Brand() {
  return (
    <span className={classes.brand}>
      <img src="/icon.svg" alt="" width={28} height={28} />
      {words.product}
    </span>
  );
}
