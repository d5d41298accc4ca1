import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type FieldName, SECRET } from './channel-fields.ts';

interface ChannelFieldsProps {
  names: readonly FieldName[];
  field: (name: string) => {
    name: string;
    value: string | undefined;
    error: string | undefined;
    onChange: (event: { currentTarget: { value: string } }) => void;
  };
  /** True where an empty secret means the stored one. */
  keepsSecrets?: boolean;
}

/** The fields of a number, each with a word on where to find it. Ids and tokens read from left to right everywhere. */
export function ChannelFields({ names, field, keepsSecrets = false }: ChannelFieldsProps) {
  const { t } = useTranslation('numbers');
  return names.map((name, index) => {
    const label = t(`fields.${name}.label`);
    const hint = t(`fields.${name}.hint`);
    if (!SECRET.has(name))
      return (
        <TextInput
          key={name}
          label={label}
          description={hint}
          data-autofocus={(index === 0 && !keepsSecrets) || undefined}
          dir={name === 'name' ? 'auto' : 'ltr'}
          autoComplete="off"
          spellCheck={false}
          {...field(name)}
        />
      );
    return (
      <PasswordInput
        key={name}
        label={label}
        description={keepsSecrets ? t('keepsSecret') : hint}
        dir="ltr"
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('showSecret'), tabIndex: 0 }}
        {...field(name)}
      />
    );
  });
}
