import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import { useFormats } from '../../ui/formats.ts';
import { ErrorIcon, WarningIcon } from '../../ui/icons.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import { countProblems } from './bot-state.ts';
import classes from './bot-table.module.css';
import { pathOfBot } from './list-address.ts';

/** How much is to mend; leads to the place where it is mended. */
export function ProblemCount({ bot }: { bot: FlowSummary }) {
  const { t } = useTranslation('flows');
  const { list } = useFormats();
  const { errors, warnings } = countProblems(bot);
  if (errors + warnings === 0) return <span className={classes.none}>{t('noProblems')}</span>;
  const parts = [
    ...(errors > 0 ? [t('errors', { count: errors })] : []),
    ...(warnings > 0 ? [t('warnings', { count: warnings })] : []),
  ];
  return (
    <PageLink
      to={pathOfBot(bot.id, 'problems')}
      isCurrent={false}
      className={classes.problemCount}
      label={t('showProblems', { problems: list(parts), name: bot.name })}
    >
      <span className={classes.problemWords} data-tone={errors > 0 ? 'error' : 'warning'}>
        {errors > 0 ? <ErrorIcon size={16} /> : <WarningIcon size={16} />}
        {list(parts)}
      </span>
    </PageLink>
  );
}
