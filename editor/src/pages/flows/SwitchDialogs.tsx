import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../ui/AskFirst.tsx';
import { goTo } from '../../ui/use-address.ts';
import { ClashDialog } from './ClashDialog.tsx';
import { pathOfBot } from './list-address.ts';
import type { useSwitching } from './use-switching.ts';

/** What a switch asks or explains before it turns. */
export function SwitchDialogs({ switching }: { switching: ReturnType<typeof useSwitching> }) {
  const { t } = useTranslation('flows');
  const { question, close, set, raise } = switching;
  return (
    <>
      <Modal
        opened={question?.kind === 'never'}
        onClose={close}
        title={question && t('never.title', { name: question.bot.name })}
        closeButtonProps={{ 'aria-label': t('close') }}
        centered
      >
        <Text size="sm">{t('never.text')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button data-autofocus onClick={() => question && goTo(pathOfBot(question.bot.id))}>
            {t('never.open')}
          </Button>
        </Group>
      </Modal>
      <ClashDialog
        question={question?.kind === 'clash' ? question : null}
        onClose={close}
        onAnyway={(bot) => set(bot, true)}
        onRaise={raise}
      />
      <AskFirst
        question={
          question?.kind === 'inside'
            ? {
                title: t('off.title', { name: question.bot.name }),
                text: t('off.inside', { count: question.inside }),
                yes: t('off.yes'),
                onYes: () => set(question.bot, false),
              }
            : null
        }
        no={t('off.no')}
        closeLabel={t('close')}
        onClose={close}
      />
    </>
  );
}
