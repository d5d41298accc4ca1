import { ActionIcon, Popover } from '@mantine/core';
import {
  IconBold,
  IconBraces,
  IconCode,
  IconEye,
  IconItalic,
  IconList,
  IconMoodSmile,
  IconQuote,
  IconStrikethrough,
} from '@tabler/icons-react';
import { type ComponentType, type KeyboardEvent, lazy, memo, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isMac } from '../../ui/commands.ts';
import { MARKS, type Mark } from './marks.ts';
import classes from './toolbar.module.css';

const EmojiPicker = lazy(() => import('../emoji/EmojiPicker.tsx'));

type Icon = ComponentType<{ size?: number | string; 'aria-hidden'?: 'true' }>;
const ICONS: Readonly<Record<Mark, Icon>> = {
  bold: IconBold,
  italic: IconItalic,
  strike: IconStrikethrough,
  mono: IconCode,
  list: IconList,
  quote: IconQuote,
};

/** Such as other chats have them. */
export const MARK_KEYS: Readonly<Record<Mark, string>> = {
  bold: 'mod+b',
  italic: 'mod+i',
  strike: 'mod+shift+x',
  mono: 'mod+shift+m',
  list: 'mod+shift+l',
  quote: 'mod+shift+u',
};

interface ToolbarProps {
  label: string;
  isPreview: boolean;
  onMark: (mark: Mark) => void;
  onEmoji: (emoji: string) => void;
  onVariable: () => void;
  onPreview: () => void;
}

/** One stop of the Tab key; the arrows go from button to button. Not drawn again while one writes. */
export const Toolbar = memo(function Toolbar(props: ToolbarProps) {
  const { label, isPreview, onMark, onEmoji, onVariable, onPreview } = props;
  const { t } = useTranslation('inspector');
  const [active, setActive] = useState(0);
  const [isPicking, setPicking] = useState(false);
  const count = MARKS.length + 3;
  const button = (index: number) => ({
    variant: 'subtle' as const,
    color: 'gray',
    size: 'md' as const,
    className: classes.button,
    tabIndex: index === active ? 0 : -1,
    onFocus: () => setActive(index),
  });
  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const forward = isRtl ? 'ArrowLeft' : 'ArrowRight';
    const back = isRtl ? 'ArrowRight' : 'ArrowLeft';
    const to =
      event.key === forward
        ? (active + 1) % count
        : event.key === back
          ? (active - 1 + count) % count
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? count - 1
              : null;
    if (to === null || (event.target as HTMLElement).closest('button') === null) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll<HTMLElement>(`.${classes.button}`)[to]?.focus();
  };
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={label} onKeyDown={keys}>
      {MARKS.map((mark, index) => {
        const Icon = ICONS[mark];
        return (
          <ActionIcon
            key={mark}
            {...button(index)}
            aria-label={t(`toolbar.${mark}`)}
            aria-keyshortcuts={MARK_KEYS[mark].replace('mod', 'Control')}
            title={`${t(`toolbar.${mark}`)} (${keysIn(MARK_KEYS[mark])})`}
            onClick={() => onMark(mark)}
          >
            <Icon size={16} aria-hidden="true" />
          </ActionIcon>
        );
      })}
      <Popover opened={isPicking} onChange={setPicking} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <ActionIcon
            {...button(MARKS.length)}
            aria-label={t('toolbar.emoji')}
            title={t('toolbar.emoji')}
            onClick={() => setPicking(!isPicking)}
          >
            <IconMoodSmile size={16} aria-hidden="true" />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown p={4}>
          <Suspense fallback={null}>
            <EmojiPicker
              onEmoji={(emoji) => {
                setPicking(false);
                onEmoji(emoji);
              }}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <ActionIcon
        {...button(MARKS.length + 1)}
        aria-label={t('toolbar.variable')}
        title={`${t('toolbar.variable')} ({{)`}
        onClick={onVariable}
      >
        <IconBraces size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        {...button(MARKS.length + 2)}
        aria-label={t('toolbar.preview')}
        title={t('toolbar.preview')}
        aria-pressed={isPreview}
        data-pressed={isPreview || undefined}
        onClick={onPreview}
      >
        <IconEye size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
});

/** As a person reads keys: `Ctrl+Shift+X`, `⌘⇧X`. */
const keysIn = (shortcut: string): string =>
  isMac()
    ? shortcut.replace('mod+', '⌘').replace('shift+', '⇧').toUpperCase()
    : shortcut
        .split('+')
        .map((part) => (part === 'mod' ? 'Ctrl' : part[0]?.toUpperCase() + part.slice(1)))
        .join('+');
