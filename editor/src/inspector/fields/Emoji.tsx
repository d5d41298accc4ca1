import { Button, Group, Popover, TextInput } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

const EmojiPicker = lazy(() => import('../emoji/EmojiPicker.tsx'));
const USUAL = ['👍', '❤️', '😂', '😮', '🙏', '🎉'];

/** One emoji; empty takes a reaction away. */
export function Emoji(props: FieldProps) {
  const { t } = useTranslation('inspector');
  const { change, settle, isReadOnly } = useForm();
  const value = asText(useValue(props.path));
  const [isOpen, setOpen] = useState(false);
  const set = (emoji: string) => {
    change(props.path, emoji);
    settle();
    setOpen(false);
  };
  return (
    <FieldFrame {...props}>
      {(control) => (
        <>
          <Group gap={6}>
            <TextInput
              {...control}
              w="5rem"
              readOnly={isReadOnly}
              value={value}
              onChange={(event) => change(props.path, event.currentTarget.value)}
              onBlur={settle}
            />
            <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
              <Popover.Target>
                <Button
                  variant="light"
                  size="compact-md"
                  disabled={isReadOnly}
                  leftSection={<IconMoodSmile size={15} aria-hidden="true" />}
                  onClick={() => setOpen(!isOpen)}
                >
                  {t('emoji.choose')}
                </Button>
              </Popover.Target>
              <Popover.Dropdown p={4}>
                <Suspense fallback={null}>
                  <EmojiPicker onEmoji={set} />
                </Suspense>
              </Popover.Dropdown>
            </Popover>
          </Group>
          <Group gap={4} role="group" aria-label={t('emoji.usual')}>
            {USUAL.map((one) => (
              <Button
                key={one}
                variant={one === value ? 'light' : 'subtle'}
                color="gray"
                size="compact-md"
                disabled={isReadOnly}
                aria-pressed={one === value}
                onClick={() => set(one)}
              >
                {one}
              </Button>
            ))}
          </Group>
        </>
      )}
    </FieldFrame>
  );
}
