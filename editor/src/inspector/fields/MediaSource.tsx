import { Button, Group, Progress, Text } from '@mantine/core';
import { IconUpload, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mediaUrl, uploadMedia } from '../../api/media.ts';
import type { ControlProps } from '../form/FieldFrame.tsx';
import { useForm } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { asText } from './as-text.ts';
import { MediaPreview } from './MediaPreview.tsx';
import classes from './media.module.css';
import { faultOf, MEDIA_KINDS, type MediaKind, sizeWords } from './media-kinds.ts';

export interface Source {
  url?: string | undefined;
  mediaId?: string | undefined;
  filename?: string | undefined;
}

/** The file that an object names, beside what else it holds. */
export const sourceIn = (held: Record<string, unknown>): Source => ({
  url: asText(held.url) || undefined,
  mediaId: asText(held.mediaId) || undefined,
  filename: asText(held.filename) || undefined,
});

export function withSource(held: Record<string, unknown>, source: Source): Record<string, unknown> {
  const { url: _, mediaId: __, ...others } = held;
  return { ...others, ...Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) };
}

interface MediaSourceProps {
  control: ControlProps;
  label: string;
  kind: MediaKind;
  source: Source;
  /** The whole source: an upload takes the place of an address, and the other way round. */
  onSource: (source: Source) => void;
}

/** A file: uploaded from here, or by its address, which may be a variable. */
export function MediaSource({ control, label, kind, source, onSource }: MediaSourceProps) {
  const { t } = useTranslation('inspector');
  const { isReadOnly, settle } = useForm();
  const input = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [message, setMessage] = useState<{ text: string; isFault: boolean } | null>(null);
  const { accept, most } = MEDIA_KINDS[kind];

  const upload = async (file: File) => {
    const fault = faultOf(kind, file);
    if (fault) {
      setMessage({
        text: t(`media.${fault}`, { name: file.name, size: sizeWords(file.size), most: sizeWords(most) }),
        isFault: true,
      });
      return;
    }
    setMessage(null);
    setSent(0);
    const controller = new AbortController();
    stop.current = controller;
    try {
      const { id, note } = await uploadMedia(file, kind, { onProgress: setSent, signal: controller.signal });
      settle();
      onSource({ mediaId: id, filename: kind === 'document' ? file.name : undefined });
      settle();
      if (note) setMessage({ text: note, isFault: false });
    } catch (error) {
      const isStopped = error instanceof DOMException && error.name === 'AbortError';
      if (!isStopped) setMessage({ text: error instanceof Error ? error.message : t('media.failed'), isFault: true });
    } finally {
      setSent(null);
      if (input.current) input.current.value = '';
    }
  };

  const address = source.mediaId
    ? mediaUrl(source.mediaId)
    : source.url && !source.url.includes('{{')
      ? source.url
      : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut; the button below does the same
    <div
      className={classes.source}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (!file || isReadOnly) return;
        event.preventDefault();
        void upload(file);
      }}
    >
      {address && source.mediaId ? <MediaPreview kind={kind} address={address} name={source.filename ?? null} /> : null}
      {source.mediaId ? (
        <Group gap="xs">
          <Button
            id={control.id}
            aria-describedby={control['aria-describedby']}
            variant="default"
            size="compact-sm"
            disabled={isReadOnly}
            onClick={() => onSource({})}
          >
            {t('media.takeAway')}
          </Button>
        </Group>
      ) : (
        <TemplateArea
          control={control}
          isOneLine
          value={source.url ?? ''}
          placeholder={t('media.address')}
          onChange={(url) => onSource(url === '' ? {} : { url })}
        />
      )}
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={t('media.file', { field: label })}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void upload(file);
        }}
      />
      {sent === null ? (
        <Group gap="xs" align="center">
          <Button
            variant="light"
            size="compact-sm"
            leftSection={<IconUpload size={15} aria-hidden="true" />}
            disabled={isReadOnly}
            onClick={() => input.current?.click()}
          >
            {t(source.mediaId ? 'media.another' : 'media.upload')}
          </Button>
          <Text size="xs" c="dimmed">
            {t(`media.takes.${kind}`, { most: sizeWords(most) })}
          </Text>
        </Group>
      ) : (
        <Group gap="xs" wrap="nowrap">
          <Progress value={sent * 100} flex={1} aria-label={t('media.sending')} />
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconX size={14} aria-hidden="true" />}
            onClick={() => stop.current?.abort()}
          >
            {t('media.stop')}
          </Button>
        </Group>
      )}
      <div aria-live="polite">
        {message ? (
          <Text size="xs" c={message.isFault ? 'var(--mantine-color-error)' : 'dimmed'}>
            {message.text}
          </Text>
        ) : null}
      </div>
    </div>
  );
}
