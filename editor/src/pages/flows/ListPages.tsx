import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/formats.ts';
import classes from './flows-page.module.css';
import { goToPage } from './list-address.ts';
import { PAGE_SIZE } from './use-bot-list.ts';

interface ListPagesProps {
  page: number;
  shown: number;
  total: number;
  hasNext: boolean;
}

/** Which part of the list this is, and the ways to the others. */
export function ListPages({ page, shown, total, hasNext }: ListPagesProps) {
  const { t } = useTranslation('flows');
  const { number } = useFormats();
  if (page === 1 && !hasNext) return null;
  const from = (page - 1) * PAGE_SIZE + 1;
  const turn = (to: number) => {
    goToPage(to);
    window.scrollTo({ top: 0 });
  };
  return (
    <nav className={classes.pages} aria-label={t('pages.label')}>
      <Button variant="default" disabled={page === 1} onClick={() => turn(page - 1)}>
        {t('pages.previous')}
      </Button>
      <Text size="sm" c="dimmed">
        {t('pages.range', { from: number(from), to: number(from + shown - 1), total: number(total) })}
      </Text>
      <Button variant="default" disabled={!hasNext} onClick={() => turn(page + 1)}>
        {t('pages.next')}
      </Button>
    </nav>
  );
}
