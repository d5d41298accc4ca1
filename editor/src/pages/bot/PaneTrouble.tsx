import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from '../../ui/Trouble.tsx';
import classes from './side-pane.module.css';

/** Stands where a panel broke, or could not be fetched after an update; canvas and work go on. */
export function PaneTrouble({ error }: ErrorComponentProps) {
  const { t } = useTranslation('bot');
  useEffect(() => console.error(error), [error]);
  return (
    <div className={classes.trouble}>
      <Trouble text={t('paneTrouble')} action={{ label: t('reload'), onClick: () => window.location.reload() }} />
    </div>
  );
}
