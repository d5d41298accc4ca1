import { useState } from 'react';
import { say as notice } from '../ui/notices.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { ChatHeader } from './ChatHeader.tsx';
import classes from './chat-pane.module.css';
import type { BusinessNumber, CustomerAct, Phone } from './control.ts';
import { wordsOf } from './control.ts';
import type { PhoneStore, PhoneView } from './create-phone.ts';
import type { About, Draft, Panel, SheetOf } from './opened.ts';
import { Sheets } from './Sheets.tsx';
import { Transcript } from './Transcript.tsx';
import { WriteBar } from './WriteBar.tsx';
import { words } from './words.ts';

const say = words.chat;

interface ChatPaneProps {
  phone: PhoneStore;
  view: PhoneView;
  now: string;
  customer: Phone;
  number: BusinessNumber;
  onBack: () => void;
  onPanel: (panel: Panel) => void;
}

const NOTHING: Draft = { about: null, text: '', file: null, advert: false };

/** One chat as the customer sees it, and what they do in it. */
export function ChatPane({ phone, view, now, customer, number, onBack, onPanel }: ChatPaneProps) {
  const [begun, setBegun] = useState({ draft: NOTHING, times: 0 });
  const [sheet, setSheet] = useState<SheetOf | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const { messages, typing } = view;

  /** Resolves to whether it was taken. */
  async function act(what: CustomerAct): Promise<boolean> {
    try {
      const { told } = await phone.act(what);
      setRefused(null);
      if (!told) notice(say.untold);
      return true;
    } catch (error) {
      setRefused(wordsOf(error));
      return false;
    }
  }

  const begin = (draft: Draft) => setBegun(({ times }) => ({ draft, times: times + 1 }));
  const beginAbout = (about: About) =>
    begin({ ...NOTHING, about, text: about?.kind === 'edit' ? (about.message.text ?? '') : '' });

  return (
    <div className={classes.pane}>
      <ChatHeader number={number} customer={customer} messages={messages} now={now} onBack={onBack} onPanel={onPanel} />
      <Transcript
        messages={messages}
        typing={typing}
        business={number.name}
        onAct={(what) => void act(what)}
        onSheet={setSheet}
        onAbout={beginAbout}
      />
      {refused !== null && (
        <div className={classes.refused}>
          <Trouble text={refused} action={{ label: words.close, onClick: () => setRefused(null) }} />
        </div>
      )}
      <WriteBar
        key={begun.times}
        draft={begun.draft}
        business={number.name}
        onAct={act}
        onSheet={setSheet}
        onDone={() => begin(NOTHING)}
        onRefused={begin}
      />
      <Sheets sheet={sheet} onClose={() => setSheet(null)} onAct={(what) => void act(what)} />
    </div>
  );
}
