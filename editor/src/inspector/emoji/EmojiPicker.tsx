import { EmojiPicker as Picker } from 'frimousse';
import { useTranslation } from 'react-i18next';
import classes from './emoji-picker.module.css';
import { localeOf, readEmoji } from './read-emoji.ts';

/** All emoji with a search, in the person's language where there are words for it. */
export default function EmojiPicker({ onEmoji }: { onEmoji: (emoji: string) => void }) {
  const { t, i18n } = useTranslation('inspector');
  return (
    <Picker.Root
      className={classes.root}
      locale={localeOf(i18n.language)}
      resolveEmojiData={readEmoji}
      onEmojiSelect={({ emoji }) => onEmoji(emoji)}
    >
      <Picker.Search
        className={classes.search}
        aria-label={t('emoji.search')}
        placeholder={t('emoji.search')}
        autoFocus
      />
      <Picker.Viewport className={classes.viewport}>
        <Picker.Loading className={classes.note}>{t('emoji.loading')}</Picker.Loading>
        <Picker.Empty className={classes.note}>{t('emoji.none')}</Picker.Empty>
        <Picker.List
          className={classes.list}
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div {...props} className={classes.category}>
                {category.label}
              </div>
            ),
            Emoji: ({ emoji, ...props }) => (
              <button {...props} type="button" className={classes.emoji}>
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </Picker.Viewport>
    </Picker.Root>
  );
}
