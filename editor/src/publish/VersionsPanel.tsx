import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../document/use-document.ts';
import { useBotState, useVersions } from '../document/use-live.ts';
import { errorWords } from '../ui/error-words.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { ComparePicker } from './ComparePicker.tsx';
import { DifferencePane } from './DifferencePane.tsx';
import { DraftCard } from './DraftCard.tsx';
import { TestersCard } from './TestersCard.tsx';
import { VersionRow } from './VersionRow.tsx';
import classes from './versions.module.css';

/** The draft, what is live, and all that was: looked at, compared, named and brought back. */
export default function VersionsPanel() {
  const viewing = useWorkbench((state) => state.viewing);
  if (viewing && 'from' in viewing.what) return <DifferencePane {...viewing.what} />;
  return <History />;
}

function History() {
  const { t } = useTranslation('publish');
  const state = useBotState();
  const versions = useVersions();
  const error = state.error ?? versions.error;
  if (error)
    return (
      <div className={classes.panel}>
        <Trouble
          text={errorWords(error)}
          action={{
            label: t('tryAgain'),
            onClick: () => {
              void state.refetch();
              void versions.refetch();
            },
          }}
        />
      </div>
    );
  if (!state.data || !versions.data) return <Loader m="lg" size="sm" aria-label={t('loading')} />;
  const items = versions.data.pages.flatMap((page) => page.items);
  const live = state.data.published?.version ?? null;
  return (
    <div className={classes.panel}>
      <DraftCard live={live} />
      <TestersCard />
      <section aria-label={t('history.title')} className={classes.history}>
        <h3 className={classes.heading}>{t('history.title')}</h3>
        {items.length === 0 && <p className={classes.empty}>{t('history.empty')}</p>}
        {items.length > 1 && <ComparePicker versions={items} />}
        <ol className={classes.versions} aria-label={t('history.title')}>
          {items.map((version, index) => (
            <VersionRow
              key={version.version}
              version={version}
              status={version.version === live ? state.data.status : null}
              before={items[index + 1]?.version ?? (version.version > 1 ? version.version - 1 : null)}
            />
          ))}
        </ol>
        {versions.hasNextPage && (
          <button
            type="button"
            className={classes.older}
            disabled={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            {t('history.older')}
          </button>
        )}
      </section>
    </div>
  );
}
