import type { Channel, ProviderName } from '../../api/channels.ts';
import { clearAddress, useAddressPart } from '../../ui/use-address.ts';
import { ConnectNumber } from './ConnectNumber.tsx';
import { NumberPanel } from './NumberPanel.tsx';
import { TrialPhone } from './TrialPhone.tsx';

const isProvider = (name: string | null): name is ProviderName =>
  name === 'meta' || name === 'twilio' || name === 'simulator';

/** What is open beside the list, as the address says. */
export function NumberPanels({ numbers }: { numbers: readonly Channel[] }) {
  const connecting = useAddressPart('connect');
  const opened = useAddressPart('number');
  const calling = useAddressPart('phone');
  const channel = numbers.find(({ id }) => id === opened);
  const phone = numbers.find(({ id, provider }) => id === calling && provider === 'simulator');
  return (
    <>
      {isProvider(connecting) && <ConnectNumber key={connecting} provider={connecting} onClose={clearAddress} />}
      {channel && <NumberPanel key={channel.id} channel={channel} onClose={clearAddress} />}
      {phone && <TrialPhone key={phone.id} channel={phone} onClose={clearAddress} />}
    </>
  );
}
