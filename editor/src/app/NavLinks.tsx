import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../ui/PageLink.tsx';
import { usePath } from '../ui/use-address.ts';
import { PAGES } from './pages.ts';
import classes from './side-rail.module.css';

/** The pages; the one that is open is marked, also for a page below it. */
export function NavLinks({ isNarrow = false, onFollow }: { isNarrow?: boolean; onFollow?: () => void }) {
  const { t } = useTranslation('app');
  const path = usePath();
  return (
    // A click on a link inside, by mouse or by key, closes what holds the links
    <nav className={classes.pages} aria-label={t('pages.label')} onClickCapture={onFollow}>
      {PAGES.map(({ path: to, name, Icon }) => {
        const label = t(`pages.${name}`);
        const isCurrent = path === to || path.startsWith(`${to}/`);
        return (
          <Tooltip key={to} label={label} position="right" disabled={!isNarrow}>
            <span className={classes.item}>
              <PageLink to={to} isCurrent={isCurrent} className={classes.link} label={label}>
                <Icon size={20} aria-hidden />
                {!isNarrow && <span className={classes.word}>{label}</span>}
              </PageLink>
            </span>
          </Tooltip>
        );
      })}
    </nav>
  );
}
