import type { ReactNode } from 'react';
import { SidePanel } from '../ui/SidePanel.tsx';
import type { ChatId, SimulatorState } from './control.ts';
import type { PhoneStore } from './create-phone.ts';
import { LogPanel } from './LogPanel.tsx';
import { NewNumber } from './NewNumber.tsx';
import { NewPhone } from './NewPhone.tsx';
import { NumberPanel } from './NumberPanel.tsx';
import type { Panel } from './opened.ts';
import { TroublePanel } from './TroublePanel.tsx';
import { words } from './words.ts';

const WIDTH = '30rem';

interface PanelsProps {
  panel: Panel | null;
  state: SimulatorState;
  chat: ChatId | null;
  /** Changes whenever something may have happened. */
  round: number;
  phone: PhoneStore;
  onClose: () => void;
}

/** What is open beside the phones. */
export function Panels({ panel, ...rest }: PanelsProps) {
  if (panel === null) return null;
  const shown = contentOf(panel, rest);
  if (shown === null) return null;
  return (
    <SidePanel title={shown.title} closeLabel={words.close} width={WIDTH} onClose={rest.onClose}>
      {shown.content}
    </SidePanel>
  );
}

function contentOf(panel: Panel, props: Omit<PanelsProps, 'panel'>): { title: string; content: ReactNode } | null {
  const { state, chat, round, phone, onClose } = props;
  const done = () => {
    onClose();
    void phone.refresh();
  };
  switch (panel.kind) {
    case 'new-phone':
      return { title: words.newPhone.title, content: <NewPhone onDone={done} /> };
    case 'new-number':
      return { title: words.newNumber.title, content: <NewNumber onDone={done} /> };
    case 'trouble':
      return {
        title: words.trouble.title,
        content: <TroublePanel state={state} chat={chat} onChanged={() => void phone.refresh()} />,
      };
    case 'log':
      return { title: words.log.title, content: <LogPanel round={round} /> };
    case 'number': {
      const number = state.numbers.find(({ id }) => id === panel.id);
      if (!number) return null;
      const title = words.number.title(number.name);
      return { title, content: <NumberPanel number={number} onSaved={() => void phone.refresh()} /> };
    }
  }
}
