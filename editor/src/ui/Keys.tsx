import { useTranslation } from 'react-i18next';
import { isMac } from './commands.ts';
import classes from './keys.module.css';
import { keysOf } from './shortcut-keys.ts';

/** A shortcut as keys to press, drawn from left to right in every language. */
export function Keys({ shortcut }: { shortcut: string }) {
  const { t } = useTranslation('ui');
  return (
    <span className={classes.keys} dir="ltr" translate="no">
      {keysOf(shortcut, isMac()).map((key) => {
        const word = 'sign' in key ? key.sign : t(`keys.${key.name}`);
        return (
          <kbd key={word} className={classes.key}>
            {word}
          </kbd>
        );
      })}
    </span>
  );
}
