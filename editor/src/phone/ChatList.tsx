import { ActionIcon, Menu, Text, UnstyledButton } from '@mantine/core';
import { ClockIcon, ListIcon, PlusIcon, WarningIcon } from '../ui/icons.tsx';
import classes from './chat-list.module.css';
import type { BusinessNumber, ChatId, Phone, SimulatorState } from './control.ts';
import { Face } from './Face.tsx';
import { dayOf, shortMomentOf } from './moments.ts';
import type { Panel } from './opened.ts';
import { words } from './words.ts';

const say = words.chats;

interface ChatListProps {
  state: SimulatorState | null;
  open: ChatId | null;
  onOpen: (chat: ChatId) => void;
  onPanel: (panel: Panel) => void;
}

/** Every customer's phone, and in it a chat with every business. */
export function ChatList({ state, open, onOpen, onPanel }: ChatListProps) {
  return (
    <aside className={classes.side}>
      <header className={classes.header}>
        <h1 className={classes.title}>{words.title}</h1>
        <Tools onPanel={onPanel} />
      </header>
      {state && (
        <p className={classes.clock}>
          <ClockIcon size={14} />
          <time dateTime={state.clock.now} title={say.clock}>
            {dayOf(state.clock.now)}, {shortMomentOf(state.clock.now, state.clock.now)}
          </time>
        </p>
      )}
      <nav className={classes.chats} aria-label={say.list}>
        {state?.phones.length === 0 && <p className={classes.hint}>{say.noPhones}</p>}
        {state?.numbers.length === 0 && <p className={classes.hint}>{say.noNumbers}</p>}
        {state?.phones.map((phone) => (
          <section key={phone.phone} aria-label={phone.name} className={classes.phone}>
            <div className={classes.owner}>
              <Face name={phone.name} seed={phone.phone} />
              <div className={classes.names}>
                <Text fw={600} size="sm" className={classes.name}>
                  <bdi>{phone.name}</bdi>
                </Text>
                <Text size="xs" c="dimmed" className={classes.name}>
                  <bdi>{phone.phone}</bdi>
                  {phone.username && ` · @${phone.username.replace(/^@/, '')}`}
                </Text>
              </div>
            </div>
            {state.numbers.map((number) => (
              <ChatRow
                key={number.id}
                phone={phone}
                number={number}
                now={state.clock.now}
                isOpen={open?.phone === phone.phone && open.number === number.id}
                onOpen={() => onOpen({ phone: phone.phone, number: number.id })}
              />
            ))}
          </section>
        ))}
      </nav>
    </aside>
  );
}

function Tools({ onPanel }: Pick<ChatListProps, 'onPanel'>) {
  const tool = { variant: 'subtle', color: 'gray', size: 36 } as const;
  return (
    <div className={classes.tools}>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon {...tool} aria-label={say.add} title={say.add}>
            <PlusIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onPanel({ kind: 'new-phone' })}>{say.addPhone}</Menu.Item>
          <Menu.Item onClick={() => onPanel({ kind: 'new-number' })}>{say.addNumber}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        {...tool}
        aria-label={words.chat.trouble}
        title={words.chat.trouble}
        onClick={() => onPanel({ kind: 'trouble' })}
      >
        <WarningIcon />
      </ActionIcon>
      <ActionIcon {...tool} aria-label={words.chat.log} title={words.chat.log} onClick={() => onPanel({ kind: 'log' })}>
        <ListIcon />
      </ActionIcon>
    </div>
  );
}

interface ChatRowProps {
  phone: Phone;
  number: BusinessNumber;
  now: string;
  isOpen: boolean;
  onOpen: () => void;
}

function ChatRow({ phone, number, now, isOpen, onOpen }: ChatRowProps) {
  const { unread = 0, last = null } = phone.chats.find((one) => one.number === number.id) ?? {};
  return (
    <UnstyledButton className={classes.chat} aria-current={isOpen || undefined} onClick={onOpen}>
      <span className={classes.names}>
        <Text component="span" size="sm" fw={500} className={classes.name}>
          <bdi>{number.name}</bdi>
        </Text>
        <Text component="span" size="xs" c="dimmed" className={classes.name} dir="auto">
          {last ? last.text : say.none}
        </Text>
      </span>
      <span className={classes.end}>
        <Text component="span" size="xs" c="dimmed">
          {last ? shortMomentOf(last.at, now) : words.providers[number.provider]}
        </Text>
        {unread > 0 && (
          <span className={classes.unread} role="img" aria-label={say.unread(unread)}>
            {unread}
          </span>
        )}
      </span>
    </UnstyledButton>
  );
}
