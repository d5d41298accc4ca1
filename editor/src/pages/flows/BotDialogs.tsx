import type { FlowSummary } from '../../api/flows.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { StopDialog } from './StopDialog.tsx';
import { TagsDialog } from './TagsDialog.tsx';
import type { useBotActions } from './use-bot-actions.ts';

/** What a deed asks before it is done, and with which bots. */
export interface BotQuestion {
  kind: 'rename' | 'tags' | 'remove' | 'stop';
  bots: readonly FlowSummary[];
}

interface BotDialogsProps {
  question: BotQuestion | null;
  actions: ReturnType<typeof useBotActions>;
  onClose: () => void;
  /** The deed was begun. */
  onDone: () => void;
}

export function BotDialogs({ question, actions, onClose, onDone }: BotDialogsProps) {
  const [bot] = question?.bots ?? [];
  if (!question || !bot) return null;
  const { bots } = question;
  const then = (act: () => void) => {
    act();
    onDone();
    onClose();
  };
  switch (question.kind) {
    case 'rename':
      return <RenameDialog bot={bot} onClose={onClose} onSave={(name) => then(() => actions.rename(bot, name))} />;
    case 'tags':
      return <TagsDialog bots={bots} onClose={onClose} onSave={(tags) => then(() => actions.tag(bots, tags))} />;
    case 'remove':
      return <RemoveDialog bots={bots} onClose={onClose} onRemove={() => then(() => actions.remove(bots))} />;
    case 'stop':
      return <StopDialog bots={bots} onClose={onClose} onStop={() => then(() => actions.stop(bots))} />;
  }
}
