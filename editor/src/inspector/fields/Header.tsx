import { NativeSelect } from '@mantine/core';
import { isObject, LIMITS } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import type { FieldProps } from './field-props.ts';
import { Length } from './Length.tsx';
import { MediaSource, sourceIn, withSource } from './MediaSource.tsx';
import { mediaKindOf } from './media-kinds.ts';

const WITH_TEXT = ['none', 'text', 'image', 'video', 'document'] as const;
const FILES_ONLY = ['image', 'video'] as const; // a card of a carousel

/** What stands above a message: nothing, a few words, or a file. */
export function Header(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(path);
  const file = isObject(value) ? value : null;
  const kind = file ? mediaKindOf(file.kind) : typeof value === 'string' ? 'text' : 'none';
  const kinds = field.isRequired ? FILES_ONLY : WITH_TEXT;
  const setKind = (next: string) => {
    settle();
    const isFile = next !== 'none' && next !== 'text';
    change(path, isFile ? { ...file, kind: next } : next === 'text' ? '' : undefined);
    settle();
  };
  return (
    <FieldFrame
      {...props}
      isGroup
      aside={typeof value === 'string' ? <Length text={value} limit={LIMITS.headerText} /> : null}
    >
      {(control) => (
        <>
          <NativeSelect
            aria-label={t('header.kind')}
            data={kinds.map((one) => ({ value: one, label: t(`header.${one}`) }))}
            value={kind}
            disabled={isReadOnly}
            onChange={(event) => setKind(event.currentTarget.value)}
          />
          {typeof value === 'string' ? (
            <TemplateArea
              control={{ ...control, id: `${control.id}-text` }}
              label={props.label}
              isOneLine
              value={value}
              onChange={(text) => change(path, text)}
            />
          ) : null}
          {file ? (
            <MediaSource
              control={{ ...control, id: `${control.id}-file` }}
              label={props.label}
              kind={mediaKindOf(file.kind)}
              source={sourceIn(file)}
              onSource={(source) => change(path, withSource(file, source))}
            />
          ) : null}
        </>
      )}
    </FieldFrame>
  );
}
