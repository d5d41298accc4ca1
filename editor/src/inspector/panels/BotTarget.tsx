import { NodeSelect } from '../fields/NodeSelect.tsx';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm } from '../form/form-context.ts';
import { plainField } from '../form/plain-field.ts';

interface BotTargetProps {
  label: string;
  hint: string;
  setting: 'onError' | 'onExpire';
  value: string;
}

/** The node where the bot goes on in a certain case. */
export function BotTarget({ label, hint, setting, value }: BotTargetProps) {
  const { change, settle, isReadOnly } = useForm();
  return (
    <FieldFrame field={plainField(setting, 'node', { hint })} path={[setting, 'target']} label={label}>
      {(control) => (
        <NodeSelect
          control={control}
          value={value}
          isReadOnly={isReadOnly}
          onNode={(target) => {
            change([setting], target === '' ? undefined : { target });
            settle();
          }}
        />
      )}
    </FieldFrame>
  );
}
