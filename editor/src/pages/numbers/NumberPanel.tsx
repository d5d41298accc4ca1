import { Button, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Channel, changeChannel } from '../../api/channels.ts';
import { AskFirst } from '../../ui/AskFirst.tsx';
import { say } from '../../ui/notices.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { ChannelFields } from './ChannelFields.tsx';
import { CheckResults } from './CheckResults.tsx';
import { CHANGEABLE } from './channel-fields.ts';
import classes from './panel.module.css';
import { useChannelForm } from './use-channel-form.ts';
import { useNumberActions } from './use-numbers.ts';
import { WebhookAddresses } from './WebhookAddresses.tsx';

const WIDTH = '38rem';

/** All of one number: what is wrong with it, what the provider has to know, and what may be changed. */
export function NumberPanel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { id, name, provider, enabled } = channel;
  const { t } = useTranslation('numbers');
  const actions = useNumberActions();
  const [isAsking, setAsking] = useState(false);
  const names = CHANGEABLE[provider];
  const { form, field, onSubmit, isSending, trouble } = useChannelForm({
    names,
    initial: {
      name,
      businessAccountId: channel.businessAccountId ?? '',
      messagingServiceSid: channel.messagingServiceSid ?? '',
    },
    keepsSecrets: true,
    send: (values) => changeChannel(id, values),
    onDone: (saved) => {
      say(t('saved', { name: saved.name }));
      actions.check(saved);
    },
  });
  return (
    <SidePanel
      title={<bdi translate="no">{name}</bdi>}
      closeLabel={t('close')}
      width={WIDTH}
      onClose={onClose}
      closesOnEscape={!isAsking}
    >
      <Stack className={classes.body} gap="xl">
        <CheckResults channel={channel} isChecking={actions.isChecking} onCheck={() => actions.check(channel)} />
        <WebhookAddresses channel={channel} />
        <form ref={form} onSubmit={onSubmit} noValidate aria-labelledby="settings">
          <Stack>
            <Title order={3} size="h5" id="settings">
              {t('settings')}
            </Title>
            {trouble && <Trouble text={trouble} />}
            <ChannelFields names={names} field={field} keepsSecrets />
            <Group>
              <Button type="submit" loading={isSending}>
                {t('save')}
              </Button>
              <Button variant="default" loading={actions.isSwitching} onClick={() => actions.turn(channel, !enabled)}>
                {enabled ? t('switchOff') : t('switchOn')}
              </Button>
              <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
                {t('remove')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Stack>
      <AskFirst
        question={
          isAsking
            ? {
                title: t('askRemove.title', { name }),
                text: t('askRemove.text'),
                yes: t('askRemove.yes'),
                onYes: () => actions.remove(channel),
              }
            : null
        }
        no={t('askRemove.no')}
        closeLabel={t('close')}
        onClose={() => setAsking(false)}
      />
    </SidePanel>
  );
}
