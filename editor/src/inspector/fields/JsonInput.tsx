import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ControlProps } from '../form/FieldFrame.tsx';
import { useForm, useKnown } from '../form/form-context.ts';
import { CodeArea } from '../monaco/CodeArea.tsx';
import { TemplateArea } from '../text/TemplateArea.tsx';
import type { FieldProps } from './field-props.ts';
import type { JsonText } from './use-json-text.ts';

interface JsonInputProps extends FieldProps {
  json: JsonText;
  control: ControlProps;
}

/** Where JSON is written: a line for words and a variable, an editor for lists and objects. */
export function JsonInput({ field, label, json, control }: JsonInputProps) {
  const { t } = useTranslation('inspector');
  const { settle, isReadOnly } = useForm();
  const known = useKnown();
  const { text, write } = json;
  // Another kind of field under somebody's hands would lose what they type
  const [held, setHeld] = useState<boolean | null>(null);
  const isLine = held ?? json.isLine;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears when the keys come into the field and leave it
    <div
      onFocus={() => setHeld(isLine)}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setHeld(null)}
    >
      {isLine ? (
        <TemplateArea
          control={control}
          isOneLine
          label={label}
          value={text}
          placeholder={field.placeholder ?? t('json.placeholder')}
          onChange={write}
        />
      ) : (
        <CodeArea
          label={label}
          language="json"
          value={text}
          known={known}
          isReadOnly={isReadOnly}
          describedBy={control['aria-describedby']}
          onChange={write}
          onBlur={settle}
        />
      )}
    </div>
  );
}
