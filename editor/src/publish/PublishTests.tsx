import { Checkbox, Loader, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../document/use-document.ts';
import { errorWords } from '../ui/error-words.ts';
import { isolate } from '../ui/isolate.ts';
import { MessageList } from '../ui/MessageList.tsx';
import { Trouble } from '../ui/Trouble.tsx';
import { failing } from './failing.ts';
import classes from './publish.module.css';
import type { useTestResults } from './use-test-results.ts';

interface PublishTestsProps {
  tests: ReturnType<typeof useTestResults>;
  isAccepted: boolean;
  onAccept: (isAccepted: boolean) => void;
  onClose: () => void;
}

/** How the saved conversations end. One that ends otherwise than it should is a person's to accept, not a bar. */
export function PublishTests({ tests, isAccepted, onAccept, onClose }: PublishTestsProps) {
  const { t } = useTranslation('publish');
  const { workbench } = useOpenFlow();
  if (tests.isLoading)
    return (
      <p className={classes.fine} role="status">
        <Loader size={16} aria-hidden="true" />
        {t('tests.running')}
      </p>
    );
  if (tests.error)
    return (
      <Trouble
        text={t('tests.trouble', { reason: errorWords(tests.error) })}
        action={{ label: t('tryAgain'), onClick: () => void tests.refetch() }}
      />
    );
  if (!tests.data || tests.data.length === 0) return null;
  const failed = failing(tests.data);
  if (failed.length === 0)
    return (
      <p className={classes.fine}>
        <IconCircleCheck size={18} aria-hidden="true" />
        {t('tests.hold', { count: tests.data.length })}
      </p>
    );

  function open(test: string) {
    onClose();
    workbench.view(null);
    workbench.openTest(test);
  }
  return (
    <section aria-label={t('tests.title')} className={classes.section}>
      <Text size="sm" fw={600}>
        {t('tests.fail', { count: failed.length, all: tests.data.length })}
      </Text>
      <div className={classes.scroll}>
        <MessageList
          label={t('tests.title')}
          toneNames={{ error: t('checks.error'), warning: t('checks.warning') }}
          messages={failed.map(({ id, title, differences }) => ({
            tone: 'warning',
            text: t('withValue', { text: isolate(title), value: isolate(differences[0] ?? '') }),
            place: t('tests.open', { title }),
            onGo: () => open(id),
          }))}
        />
      </div>
      <Checkbox
        label={t('tests.accept')}
        checked={isAccepted}
        onChange={(event) => onAccept(event.currentTarget.checked)}
      />
    </section>
  );
}
