import { Button, Group, Modal, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import type { JsonObject } from '@parley/runtime';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '../document/new-id.ts';
import { JsonArea } from '../ui/JsonArea.tsx';
import { readJsonObject } from '../ui/read-json.ts';
import { useFields } from '../ui/use-fields.ts';
import { factsOf, type MadeUpContact } from './contacts.ts';
import { usePreferences, useSimulator } from './use-simulator.ts';

interface WhoDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Who holds the phone, and whose limits hold. A change begins the talk anew. */
export function WhoDialog({ isOpen, onClose }: WhoDialogProps) {
  const { t } = useTranslation('simulator');
  const [edited, setEdited] = useState<MadeUpContact | null>(null);
  const { contacts, contact, provider } = usePreferences();
  const { change, talk } = useSimulator();

  function begin(who: MadeUpContact | undefined): void {
    if (who) void talk.restart({ contact: factsOf(who), now: new Date().toISOString() });
  }
  function choose(id: string): void {
    change({ contact: id });
    begin(contacts.find((one) => one.id === id));
  }
  function keep(who: MadeUpContact): void {
    const isKnown = contacts.some(({ id }) => id === who.id);
    change({
      contacts: isKnown ? contacts.map((one) => (one.id === who.id ? who : one)) : [...contacts, who],
      contact: who.id,
    });
    begin(who);
    setEdited(null);
  }
  function remove(who: MadeUpContact): void {
    const others = contacts.filter(({ id }) => id !== who.id);
    change({ contacts: others, contact: others[0]?.id ?? '' });
    begin(others[0]);
    setEdited(null);
  }
  const add = () =>
    setEdited({
      id: newId('contact', new Set(contacts.map(({ id }) => id))),
      name: '',
      phone: '+4477009000',
      language: '',
      tags: [],
      attributes: {},
    });

  return (
    <Modal
      opened={isOpen}
      onClose={() => (edited ? setEdited(null) : onClose())}
      title={edited ? t(edited.name ? 'who.edit' : 'who.add') : t('who.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {edited ? (
        <ContactForm
          contact={edited}
          onKeep={keep}
          onRemove={contacts.length > 1 && contacts.some(({ id }) => id === edited.id) ? remove : null}
          onCancel={() => setEdited(null)}
        />
      ) : (
        <Stack>
          <Radio.Group label={t('who.contact')} value={contact} onChange={choose}>
            <Stack gap="xs" mt="xs">
              {contacts.map((one) => (
                <Group key={one.id} justify="space-between" wrap="nowrap">
                  <Radio value={one.id} label={one.name} description={one.phone} />
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('who.editName', { name: one.name })}
                    onClick={() => setEdited(one)}
                  >
                    {t('who.edit')}
                  </Button>
                </Group>
              ))}
            </Stack>
          </Radio.Group>
          <Button variant="default" onClick={add}>
            {t('who.add')}
          </Button>
          <NativeSelect
            label={t('who.provider')}
            description={t('who.providerHint')}
            value={provider}
            data={(['any', 'meta', 'twilio'] as const).map((value) => ({ value, label: t(`who.providers.${value}`) }))}
            onChange={({ currentTarget: { value } }) => {
              if (value !== 'any' && value !== 'meta' && value !== 'twilio') return;
              change({ provider: value });
              void talk.restart({ provider: value === 'any' ? undefined : value, now: new Date().toISOString() });
            }}
          />
          <Button onClick={onClose}>{t('who.done')}</Button>
        </Stack>
      )}
    </Modal>
  );
}

interface ContactFormProps {
  contact: MadeUpContact;
  onKeep: (contact: MadeUpContact) => void;
  onRemove: ((contact: MadeUpContact) => void) | null;
  onCancel: () => void;
}

function ContactForm({ contact, onKeep, onRemove, onCancel }: ContactFormProps) {
  const { t } = useTranslation('simulator');
  const { form, field, onSubmit } = useFields(
    {
      name: contact.name,
      phone: contact.phone,
      language: contact.language,
      tags: contact.tags.join(', '),
      attributes: JSON.stringify(contact.attributes, null, 1),
    },
    {
      name: (value) => (value.trim() === '' ? t('needed') : null),
      phone: (value) => (/^\+[1-9]\d{6,14}$/.test(value.trim()) ? null : t('who.phoneWrong')),
      language: (value) => (/^([a-z]{2,3}([-_][A-Za-z]{2,4})?)?$/.test(value.trim()) ? null : t('who.languageWrong')),
      attributes: (value) => (readJsonObject(value).ok ? null : t('who.attributesWrong')),
    },
  );
  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit(({ name, phone, language, tags, attributes }) => {
        const read = readJsonObject(attributes);
        onKeep({
          id: contact.id,
          name: name.trim(),
          phone: phone.trim(),
          language: language.trim(),
          tags: [...new Set(tags.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== ''),
          attributes: read.ok ? (read.value as JsonObject) : {},
        });
      })}
    >
      <Stack gap="sm">
        <TextInput label={t('who.name')} {...field('name')} />
        <TextInput label={t('who.phone')} type="tel" dir="ltr" {...field('phone')} />
        <TextInput label={t('who.language')} description={t('who.languageHint')} {...field('language')} />
        <TextInput label={t('who.tags')} description={t('who.tagsHint')} {...field('tags')} />
        <JsonArea label={t('who.attributes')} rows={3} dir="ltr" {...field('attributes')} />
        <Group justify="space-between">
          {onRemove ? (
            <Button variant="subtle" color="red" onClick={() => onRemove(contact)}>
              {t('who.remove')}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
            <Button type="submit">{t('who.keep')}</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
