import { ActionIcon, Menu } from '@mantine/core';
import { type InboundMessage, inboundMessage } from '@parley/runtime';
import {
  IconAddressBook,
  IconFile,
  IconMapPin,
  IconMicrophone,
  IconPaperclip,
  IconPhoto,
  IconShoppingCart,
  IconSticker,
  IconVideo,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardSheet } from './CardSheet.tsx';
import { OrderSheet } from './OrderSheet.tsx';
import { PlaceSheet } from './PlaceSheet.tsx';

const FILES = [
  { kind: 'image', accept: 'image/*', Icon: IconPhoto },
  { kind: 'video', accept: 'video/*', Icon: IconVideo },
  { kind: 'audio', accept: 'audio/*', Icon: IconMicrophone },
  { kind: 'document', accept: '', Icon: IconFile },
  { kind: 'sticker', accept: 'image/webp,image/png', Icon: IconSticker },
] as const;
type FileKind = (typeof FILES)[number]['kind'];

interface AttachProps {
  /** The product that the bot offered last. */
  product: string;
  onSend: (message: InboundMessage) => void;
}

/** What else a person can send: a file of this device, a place, somebody's card, an order. */
export function Attach({ product, onSend }: AttachProps) {
  const { t } = useTranslation('simulator');
  const input = useRef<HTMLInputElement>(null);
  const kind = useRef<FileKind>('image');
  const [sheet, setSheet] = useState<'place' | 'card' | 'order' | null>(null);

  function choose({ kind: wanted, accept }: (typeof FILES)[number]): void {
    kind.current = wanted;
    if (!input.current) return;
    input.current.accept = accept;
    input.current.value = '';
    input.current.click();
  }

  function send(file: File | undefined): void {
    if (!file) return;
    // Lasts as long as the page, as the talk does
    const url = URL.createObjectURL(file);
    const media = { id: null, url, contentType: file.type || null, filename: file.name, caption: null };
    onSend(inboundMessage({ type: kind.current, media }));
  }

  const close = () => setSheet(null);
  return (
    <>
      <Menu position="top-start" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={40} radius="xl" aria-label={t('attach.open')}>
            <IconPaperclip size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {FILES.map((one) => (
            <Menu.Item key={one.kind} leftSection={<one.Icon size={16} />} onClick={() => choose(one)}>
              {t(`attach.${one.kind}`)}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconMapPin size={16} />} onClick={() => setSheet('place')}>
            {t('attach.place')}
          </Menu.Item>
          <Menu.Item leftSection={<IconAddressBook size={16} />} onClick={() => setSheet('card')}>
            {t('attach.card')}
          </Menu.Item>
          <Menu.Item leftSection={<IconShoppingCart size={16} />} onClick={() => setSheet('order')}>
            {t('attach.order')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('attach.file')}
        onChange={(event) => send(event.currentTarget.files?.[0])}
      />
      <PlaceSheet
        isOpen={sheet === 'place'}
        onClose={close}
        onSend={(location) => onSend(inboundMessage({ type: 'location', location }))}
      />
      <CardSheet isOpen={sheet === 'card'} onClose={close} onSend={onSend} />
      <OrderSheet isOpen={sheet === 'order'} product={product} onClose={close} onSend={onSend} />
    </>
  );
}
