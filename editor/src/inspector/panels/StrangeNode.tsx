import { Text } from '@mantine/core';
import type { FlowNode } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { writtenJson } from '../../document/held-texts.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { useHeldText } from '../../document/use-held-text.ts';
import { controlId, useForm, useKnown } from '../form/form-context.ts';
import { CodeArea } from '../monaco/CodeArea.tsx';
import { parseJsonObject } from '../parse-json-object.ts';

/** A node whose package is not here: its settings as they are, kept whatever they hold. */
export function StrangeNode({ node }: { node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const { document } = useOpenFlow();
  const { id, isReadOnly } = useForm();
  const known = useKnown();
  const saved = writtenJson(node.config);
  const [typed, setTyped] = useHeldText(controlId(id, []));
  const text = typed && typed.over === saved ? typed.text : saved;
  return (
    <div>
      <Text size="sm" mb="xs">
        {t('strange', { type: node.type })}
      </Text>
      <CodeArea
        label={t('config')}
        language="json"
        value={text}
        known={known}
        isReadOnly={isReadOnly}
        onChange={(next) => {
          const config = parseJsonObject(next);
          const unread = config ? undefined : { node: node.id, field: '' };
          setTyped({ text: next, over: config ? writtenJson(config) : saved, unread });
          if (config) document.apply([{ edit: 'setConfig', id: node.id, config }], 'config', `config ${node.id}`);
        }}
        onBlur={document.settleMerge}
      />
    </div>
  );
}
