import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { say as notice } from '../ui/notices.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { useFields } from '../ui/use-fields.ts';
import { ifAny, webAddress } from './checks.ts';
import { type BusinessNumber, control } from './control.ts';
import classes from './panel.module.css';
import { useSending } from './use-sending.ts';
import { words } from './words.ts';

const say = words.number;
const isAddress = ifAny(webAddress(say.wrong));
/** Parley's form has no field for it: it makes one of its own, which the provider's console is given. */
const MADE_BY_PARLEY = 'verifyToken';

interface NumberPanelProps {
  number: BusinessNumber;
  onSaved: () => void;
}

/** What the provider's console would show of the number: the keys to copy, and where it calls. */
export function NumberPanel({ number, onSaved }: NumberPanelProps) {
  const { name, credentials } = number;
  return (
    <Stack className={classes.panel} gap="lg">
      <section>
        <Title order={3} size="h5" mb="xs">
          {say.credentials}
        </Title>
        <dl className={classes.facts}>
          {Object.entries(credentials).map(([key, value]) =>
            value === null || key === MADE_BY_PARLEY ? null : (
              <Fact key={key} name={say.names[key] ?? key} value={value} />
            ),
          )}
        </dl>
      </section>
      <Webhooks key={name} number={number} onSaved={onSaved} />
    </Stack>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  const copy = () =>
    void navigator.clipboard?.writeText(value).then(
      () => notice(words.copied(name)),
      () => notice(value),
    );
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd dir="ltr">{value}</dd>
      <Button size="compact-sm" variant="default" aria-label={words.copyNamed(name)} onClick={copy}>
        {words.copy}
      </Button>
    </div>
  );
}

function Webhooks({ number: { id, name, provider, webhook }, onSaved }: NumberPanelProps) {
  const { isSending, refused, send } = useSending();
  const { form, field, onSubmit } = useFields(
    {
      webhookUrl: webhook.inbound ?? '',
      statusUrl: provider === 'twilio' ? (webhook.status ?? '') : '',
      verifyToken: webhook.verifyToken ?? '',
    },
    { webhookUrl: isAddress, statusUrl: isAddress },
  );
  const save = onSubmit(({ webhookUrl, statusUrl, verifyToken }) => {
    const changes = {
      webhookUrl: webhookUrl.trim(),
      ...(provider === 'twilio' && { statusUrl: statusUrl.trim() }),
      ...(provider === 'meta' && verifyToken.trim() && { verifyToken: verifyToken.trim() }),
    };
    void send(
      () => control.changeNumber(id, changes),
      () => {
        notice(say.saved(name));
        onSaved();
      },
    );
  });
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {say.webhooks}
      </Title>
      <form ref={form} onSubmit={save} noValidate>
        <Stack gap="sm">
          {refused !== null && <Trouble text={refused} />}
          <TextInput label={say.inbound} inputMode="url" dir="ltr" {...field('webhookUrl')} />
          {provider === 'twilio' && <TextInput label={say.status} inputMode="url" dir="ltr" {...field('statusUrl')} />}
          {provider === 'meta' && (
            <TextInput label={say.verifyToken} description={say.verifyTokenHint} dir="ltr" {...field('verifyToken')} />
          )}
          {webhook.inbound !== null && webhook.verified !== undefined && (
            <Text size="sm" c={webhook.verified ? 'dimmed' : 'var(--mantine-color-error)'}>
              {webhook.verified ? say.verified : words.chat.unverified}
            </Text>
          )}
          <Button type="submit" variant="default" loading={isSending}>
            {say.save}
          </Button>
        </Stack>
      </form>
    </section>
  );
}
