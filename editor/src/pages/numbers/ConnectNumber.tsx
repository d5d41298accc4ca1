import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { connectChannel, type ProviderName } from '../../api/channels.ts';
import { say } from '../../ui/notices.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { openInAddress } from '../../ui/use-address.ts';
import { ChannelFields } from './ChannelFields.tsx';
import { FIELDS } from './channel-fields.ts';
import classes from './panel.module.css';
import { useChannelForm } from './use-channel-form.ts';

const WIDTH = '32rem';

/** Asks for what the provider calls a number's keys; then its details open, with what the provider has to know. */
export function ConnectNumber({ provider, onClose }: { provider: ProviderName; onClose: () => void }) {
  const { t } = useTranslation('numbers');
  const names = FIELDS[provider];
  const { form, field, onSubmit, isSending, trouble } = useChannelForm({
    names,
    send: (values) => connectChannel({ provider, ...values }),
    onDone: ({ id, name }) => {
      say(t('connected', { name }));
      openInAddress(provider === 'simulator' ? 'phone' : 'number', id);
    },
  });
  return (
    <SidePanel title={t(`connectTo.${provider}`)} closeLabel={t('close')} width={WIDTH} onClose={onClose}>
      <form ref={form} onSubmit={onSubmit} noValidate className={classes.body}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t(`about.${provider}`)}
          </Text>
          {trouble && <Trouble text={trouble} />}
          <ChannelFields names={names} field={field} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={isSending}>
              {t('connect')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SidePanel>
  );
}
