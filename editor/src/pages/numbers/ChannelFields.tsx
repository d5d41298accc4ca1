import { PasswordInput, TextInput } from '@mantine/core';
import { SECRET } from './channel-fields.ts';
import { words } from './words.ts';

interface ChannelFieldsProps {
  names: readonly string[];
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
  return names.map((name) => {
    const [label, hint] = words.fields[name] ?? [name, ''];
    if (!SECRET.has(name))
      return (
        <TextInput
          key={name}
          label={label}
          description={hint}
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
        description={keepsSecrets ? words.keepsSecret : hint}
        dir="ltr"
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': words.showSecret, tabIndex: 0 }}
        {...field(name)}
      />
    );
  });
}
