import { Button, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { JsonObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { otherTriggers } from '../document/trigger-words.ts';
import { JsonArea } from '../ui/JsonArea.tsx';
import { useNodeWords } from '../ui/node-words.ts';
import { readJsonObject } from '../ui/read-json.ts';
import { useFields } from '../ui/use-fields.ts';
import type { Input } from './talk/turn.ts';
import { useSimulator, useTalkView } from './use-simulator.ts';

interface StartDialogProps {
  isOpen: boolean;
  /** The trigger that was tapped, if one was. */
  trigger: string | null;
  onClose: () => void;
}

const EVENT = '$event';

/** What no message begins: a webhook or a schedule with its data, or something that happened to the contact. */
export function StartDialog({ isOpen, trigger, onClose }: StartDialogProps) {
  const { t } = useTranslation('simulator');
  const { talk } = useSimulator();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('start.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <StartForm
        key={trigger}
        trigger={trigger}
        onStart={(input) => {
          onClose();
          void talk.act(input);
        }}
      />
    </Modal>
  );
}

function StartForm({ trigger, onStart }: { trigger: string | null; onStart: (input: Input) => void }) {
  const { t } = useTranslation('simulator');
  const nodeWords = useNodeWords();
  const { flow } = useTalkView();
  const triggers = otherTriggers(flow);
  const named = flow.nodes.find(({ type }) => type === 'trigger.event')?.config.name;
  const initial = {
    what: trigger ?? triggers[0]?.id ?? EVENT,
    name: typeof named === 'string' ? named : '',
    data: '{}',
  };
  const { form, field, onSubmit, setErrors } = useFields(initial, {
    data: (value) => (readJsonObject(value).ok ? null : t('start.dataWrong')),
  });
  const what = field('what');
  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit(({ what, name, data }) => {
        if (what === EVENT && name.trim() === '') return setErrors({ name: t('needed') });
        const read = readJsonObject(data);
        const given = read.ok ? (read.value as JsonObject) : {};
        onStart(
          what === EVENT
            ? { kind: 'happen', name: name.trim(), data: given }
            : { kind: 'begin', node: what, data: given },
        );
      })}
    >
      <Stack gap="sm">
        <NativeSelect
          label={t('start.what')}
          data={[
            ...triggers.map(({ id, title }) => ({ value: id, label: nodeWords(title) })),
            { value: EVENT, label: t('start.event') },
          ]}
          name="what"
          value={what.value}
          onChange={what.onChange}
        />
        {what.value === EVENT && <TextInput label={t('start.name')} {...field('name')} />}
        <JsonArea label={t('start.data')} rows={4} dir="ltr" {...field('data')} />
        <Button type="submit">{t('start.go')}</Button>
      </Stack>
    </form>
  );
}
