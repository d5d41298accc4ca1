import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFlow, useOpenFlow, useWorkbench } from '../../document/use-document.ts';
import { usePageTitle } from '../../ui/page-title.ts';
import classes from './bot-bar.module.css';

/** The bot's name, written over in place. */
export function BotName({ fallback }: { fallback: string }) {
  const { t } = useTranslation('bot');
  const { document } = useOpenFlow();
  const name = useFlow((flow) => flow.name);
  usePageTitle(name || fallback);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  return (
    <h1 className={classes.name}>
      <TextInput
        variant="unstyled"
        aria-label={t('name')}
        value={name}
        placeholder={fallback}
        dir="auto"
        translate="no"
        maxLength={200}
        readOnly={isReadOnly}
        classNames={{ input: classes.nameInput }}
        onChange={(event) => document.apply([{ edit: 'rename', name: event.currentTarget.value }], 'rename', 'rename')}
        onBlur={document.settleMerge}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </h1>
  );
}
