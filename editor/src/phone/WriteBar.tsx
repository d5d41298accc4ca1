import { ActionIcon, CloseButton, Menu } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Composer } from '../chat/Composer.tsx';
import {
  ClipIcon,
  FileIcon,
  PersonIcon,
  PictureIcon,
  PlaceIcon,
  PlayIcon,
  SoundIcon,
  TemplateIcon,
} from '../ui/icons.tsx';
import { say as notice } from '../ui/notices.ts';
import classes from './chat-pane.module.css';
import type { CustomerAct } from './control.ts';
import { previewOf } from './MessageLine.tsx';
import type { About, Draft, FileKind, SheetOf } from './opened.ts';
import { words } from './words.ts';

const say = words.compose;
const MAX_FILE = 70 * 1024 * 1024; // bytes; as base64 it stays below the 101 MB that the simulator takes

const MAX_NAME = 240; // characters that the simulator takes; the end tells what a file is

const FILES: Record<FileKind, { accept: string; icon: ReactNode }> = {
  photo: { accept: 'image/*,video/*', icon: <PictureIcon /> },
  document: { accept: '', icon: <FileIcon /> },
  voice: { accept: 'audio/*', icon: <SoundIcon /> },
  audio: { accept: 'audio/*', icon: <PlayIcon /> },
  sticker: { accept: 'image/webp', icon: <TemplateIcon /> },
};
const KINDS = Object.keys(FILES) as FileKind[];
const CAPTIONED = ['image', 'video', 'document'];

/** As Meta tells of a person who pressed an advert. */
const ADVERT = {
  source_url: 'https://fb.me/simulated',
  source_id: '120210000000000001',
  source_type: 'ad',
  headline: 'A simulated advert',
  body: 'Write to us',
  media_type: 'image',
  image_url: 'https://example.com/advert.jpg',
  ctwa_clid: 'simulated-click',
};

interface WriteBarProps {
  /** What it begins with. */
  draft: Draft;
  business: string;
  /** Whether it was taken. */
  onAct: (what: CustomerAct) => Promise<boolean>;
  onSheet: (sheet: SheetOf) => void;
  /** It is no more about a message. */
  onDone: () => void;
  /** What was not taken is not lost. */
  onRefused: (draft: Draft) => void;
}

/** Where the customer writes. Made anew for each message that is answered or edited. */
export function WriteBar({ draft, business, onAct, onSheet, onDone, onRefused }: WriteBarProps) {
  const { about } = draft;
  const [file, setFile] = useState(draft.file);
  const [advert, setAdvert] = useState(draft.advert);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (about || window.matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, [about]);

  async function send(text: string) {
    // The next message may be begun while this one is on its way
    setFile(null);
    setAdvert(false);
    if (about) onDone();
    const what = await actOf(text, about, file);
    if (what === null) notice(say.unreadable(file?.file.name ?? ''));
    const taken = what && (await onAct(advert && about?.kind !== 'edit' ? { ...what, referral: ADVERT } : what));
    if (!taken) onRefused({ about, text, file, advert });
  }

  const choose = (kind: FileKind, chosen: File) => {
    if (chosen.size > MAX_FILE) notice(say.tooLarge(chosen.name));
    else setFile({ kind, file: chosen });
    field.current?.focus();
  };

  return (
    <div>
      {about && (
        <Note
          words={
            about.kind === 'edit'
              ? say.editing
              : say.replying(about.message.from === 'customer' ? words.message.you : business)
          }
          onDiscard={onDone}
        >
          {previewOf(about.message)}
        </Note>
      )}
      {file && <Note words={say.attached(file.file.name)} onDiscard={() => setFile(null)} />}
      {advert && <Note words={say.adverted} onDiscard={() => setAdvert(false)} />}
      <Composer
        ref={field}
        initial={draft.text}
        allowsEmpty={file !== null}
        onSend={(text) => void send(text)}
        onEscape={onDone}
        before={
          about?.kind !== 'edit' && <AttachMenu onChoose={choose} onSheet={onSheet} onAdvert={() => setAdvert(true)} />
        }
      />
    </div>
  );
}

function Note({ words: title, children, onDiscard }: { words: string; children?: string; onDiscard: () => void }) {
  return (
    <div className={classes.note}>
      <div className={classes.noteWords}>
        <strong>
          <bdi>{title}</bdi>
        </strong>
        {children && <span dir="auto">{children}</span>}
      </div>
      <CloseButton aria-label={say.discard} onClick={onDiscard} />
    </div>
  );
}

interface AttachMenuProps {
  onChoose: (kind: FileKind, file: File) => void;
  onSheet: (sheet: SheetOf) => void;
  onAdvert: () => void;
}

function AttachMenu({ onChoose, onSheet, onAdvert }: AttachMenuProps) {
  const inputs = useRef(new Map<FileKind, HTMLInputElement>());
  return (
    <>
      <Menu position="top-start">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={40} radius="xl" aria-label={say.attach} title={say.attach}>
            <ClipIcon size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {KINDS.map((kind) => (
            <Menu.Item key={kind} leftSection={FILES[kind].icon} onClick={() => inputs.current.get(kind)?.click()}>
              {say[kind]}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<PlaceIcon />} onClick={() => onSheet({ kind: 'location', message: null })}>
            {say.location}
          </Menu.Item>
          <Menu.Item leftSection={<PersonIcon />} onClick={() => onSheet({ kind: 'contact' })}>
            {say.contact}
          </Menu.Item>
          <Menu.Item leftSection={<TemplateIcon />} onClick={onAdvert}>
            {say.advert}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {KINDS.map((kind) => (
        <input
          key={kind}
          ref={(input) => {
            if (input) inputs.current.set(kind, input);
          }}
          type="file"
          hidden
          accept={FILES[kind].accept}
          aria-label={say[kind]}
          onChange={({ currentTarget }) => {
            const [chosen] = currentTarget.files ?? [];
            if (chosen) onChoose(kind, chosen);
            // The same file may be chosen again
            currentTarget.value = '';
          }}
        />
      ))}
    </>
  );
}

/** Null: the file could not be read. */
async function actOf(
  text: string,
  about: About,
  chosen: { kind: FileKind; file: File } | null,
): Promise<CustomerAct | null> {
  if (about?.kind === 'edit') return { type: 'edit', target: about.message.id, text };
  const replyTo = about ? { replyTo: about.message.id } : {};
  if (!chosen) return { type: 'text', text, ...replyTo };
  const { kind, file } = chosen;
  const dataBase64 = await base64Of(file);
  if (dataBase64 === null) return null;
  const type = kind === 'photo' ? (file.type.startsWith('video/') ? 'video' : 'image') : kind;
  return {
    type,
    ...(text.trim() && CAPTIONED.includes(type) && { text }),
    media: { dataBase64, ...(file.type && { contentType: file.type }), filename: file.name.slice(-MAX_NAME) },
    ...replyTo,
  };
}

const base64Of = (file: File): Promise<string | null> =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('error', () => resolve(null));
    // "data:image/png;base64,iVBOR…"
    reader.addEventListener('load', () => resolve(String(reader.result).split(',')[1] ?? ''));
    reader.readAsDataURL(file);
  });
