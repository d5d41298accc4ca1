import { ActionIcon, Menu } from '@mantine/core';
import { BinIcon, FileIcon, MoreIcon, PenIcon, ReplyIcon } from '../ui/icons.tsx';
import { say as notice } from '../ui/notices.ts';
import type { CustomerAct, PhoneMessage } from './control.ts';
import classes from './message.module.css';
import type { About } from './opened.ts';
import { words } from './words.ts';

const say = words.message;
const EMOJIS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

interface MessageActionsProps {
  message: PhoneMessage;
  who: string;
  onAct: (what: CustomerAct) => void;
  onAbout: (about: About) => void;
}

/** What WhatsApp offers when a message is held: reply, react, and with one's own, edit and delete. */
export function MessageActions({ message, who, onAct, onAbout }: MessageActionsProps) {
  const { id, from, kind, reactions } = message;
  const own = reactions.find((one) => one.from === 'customer')?.emoji;
  const react = (emoji: string) => onAct({ type: 'reaction', target: id, emoji });
  const copyId = () =>
    void navigator.clipboard?.writeText(id).then(
      () => notice(words.copied(say.id)),
      () => notice(id),
    );
  return (
    <Menu position="bottom" withinPortal returnFocus>
      <Menu.Target>
        <ActionIcon className={classes.more} variant="subtle" color="gray" aria-label={say.more(who)}>
          <MoreIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.emojis}>
          {EMOJIS.map((emoji) => (
            <Menu.Item
              key={emoji}
              className={classes.emoji}
              aria-label={emoji === own ? say.unreact : say.react(emoji)}
              data-own={emoji === own || undefined}
              onClick={() => react(emoji === own ? '' : emoji)}
            >
              {emoji}
            </Menu.Item>
          ))}
        </div>
        <Menu.Item leftSection={<ReplyIcon />} onClick={() => onAbout({ kind: 'reply', message })}>
          {say.reply}
        </Menu.Item>
        {from === 'customer' && kind === 'text' && (
          <Menu.Item leftSection={<PenIcon />} onClick={() => onAbout({ kind: 'edit', message })}>
            {say.edit}
          </Menu.Item>
        )}
        {from === 'customer' && (
          <Menu.Item leftSection={<BinIcon />} onClick={() => onAct({ type: 'revoke', target: id })}>
            {say.revoke}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<FileIcon />} onClick={copyId}>
          {say.copyId}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
