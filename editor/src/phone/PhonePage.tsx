import { useSelector } from '@xstate/store-react';
import { useEffect, useState } from 'react';
import { Trouble } from '../ui/Trouble.tsx';
import { clearAddress, openInAddress, useAddressPart } from '../ui/use-address.ts';
import { ChatList } from './ChatList.tsx';
import { ChatPane } from './ChatPane.tsx';
import { type ChatId, control } from './control.ts';
import { createPhone } from './create-phone.ts';
import { NothingOpen } from './NothingOpen.tsx';
import type { Panel } from './opened.ts';
import { Panels } from './Panels.tsx';
import classes from './phone-page.module.css';
import { watchChanges } from './watch-changes.ts';

/** Chats at the left, the open one at the right; on a phone's width one of the two. */
export function PhonePage() {
  const [phone] = useState(() => createPhone(control, () => document.visibilityState === 'visible'));
  const view = useSelector(phone.store, ({ context }) => context);
  const [panel, setPanel] = useState<Panel | null>(null);
  const inAddress = useAddressPart('chat');

  useEffect(() => watchChanges(() => void phone.refresh()), [phone]);
  useEffect(() => void phone.open(chatIn(inAddress)), [phone, inAddress]);

  const { state, chat, offline } = view;
  const customer = state?.phones.find((one) => one.phone === chat?.phone);
  const number = state?.numbers.find((one) => one.id === chat?.number);
  return (
    <div className={classes.page} data-open={inAddress !== null || undefined}>
      <ChatList
        state={state}
        open={chat}
        onOpen={(next) => openInAddress('chat', `${next.phone} ${next.number}`)}
        onPanel={setPanel}
      />
      <main className={classes.main}>
        {offline !== null && (
          <div className={classes.offline}>
            <Trouble text={offline} />
          </div>
        )}
        {state && chat && customer && number ? (
          <ChatPane
            key={inAddress}
            phone={phone}
            view={view}
            now={state.clock.now}
            customer={customer}
            number={number}
            onBack={clearAddress}
            onPanel={setPanel}
          />
        ) : (
          <NothingOpen state={state} isGone={inAddress !== null} onBack={clearAddress} />
        )}
      </main>
      {state && (
        <Panels
          panel={panel}
          state={state}
          chat={chat}
          round={view.round}
          phone={phone}
          onClose={() => setPanel(null)}
        />
      )}
    </div>
  );
}

/** "+447700900001 106540352242922" as it stands in the address. */
function chatIn(part: string | null): ChatId | null {
  const [phone, number] = (part ?? '').split(' ');
  return phone && number ? { phone, number } : null;
}
