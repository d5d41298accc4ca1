import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormattedText } from '../../chat/FormattedText.tsx';
import { isolate } from '../../ui/isolate.ts';
import classes from './trial-phone.module.css';
import type { Line, Written } from './use-trial-phone.ts';

const KINDS = ['image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'template'] as const;
const OWN_FILES = '/api/media/'; // what lies elsewhere is not asked for

/** One message of a trial phone's chat, with what can be tapped below it. */
export function PhoneLine({ line, onTap }: { line: Line; onTap: (message: Written) => void }) {
  const { t } = useTranslation('numbers');
  const { direction, type, text, attachments, interactive, error } = line;
  const kind = KINDS.find((one) => one === type.toLowerCase());
  const [file] = attachments;
  const isShown = (kind === 'image' || kind === 'sticker') && file?.url?.startsWith(OWN_FILES);
  const isMine = direction === 'INBOUND';
  const rows = (interactive?.sections ?? []).flatMap((section) => section.rows);
  const choices = isMine ? [] : (interactive?.buttons ?? rows);
  return (
    <div className={classes.line} data-mine={isMine}>
      <div className={classes.bubble} dir="auto" translate="no">
        {isShown && <img className={classes.picture} src={file?.url ?? ''} alt={t(`phone.kinds.${kind}`)} />}
        {kind && !isShown && (
          <p className={classes.quiet}>
            {t(`phone.kinds.${kind}`)} {file?.filename}
          </p>
        )}
        {text !== null && (
          <p>
            <FormattedText text={text} />
          </p>
        )}
        {!kind && text === null && <p className={classes.quiet}>{t('phone.kinds.other')}</p>}
      </div>
      {error && (
        <p className={classes.failed}>
          {t('phone.failed', { reason: isolate(error.remedy ? `${error.reason} ${error.remedy}` : error.reason) })}
        </p>
      )}
      {choices.map(({ id, title }) => (
        <Button
          key={id}
          size="xs"
          variant="default"
          translate="no"
          onClick={() => onTap({ type: 'button', text: title, payload: id })}
        >
          {title}
        </Button>
      ))}
    </div>
  );
}
