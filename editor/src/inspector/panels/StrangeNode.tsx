import { Text } from '@mantine/core';
import type { FlowNode } from '@parley/runtime';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../../document/use-document.ts';
import { BrokenJson } from '../fields/BrokenJson.tsx';
import { useForm, useKnown } from '../form/form-context.ts';
import { CodeArea } from '../monaco/CodeArea.tsx';
import { parseJsonObject } from '../parse-json-object.ts';

/** A node whose package is not here: its settings as they are, kept whatever they hold. */
export function StrangeNode({ node }: { node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const { document } = useOpenFlow();
  const { isReadOnly } = useForm();
  const known = useKnown();
  const saved = JSON.stringify(node.config, null, 2);
  const [typed, setTyped] = useState<{ text: string; over: string } | null>(null);
  const text = typed && typed.over === saved ? typed.text : saved;
  const isBroken = parseJsonObject(text) === null;
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
          setTyped({ text: next, over: config ? JSON.stringify(config, null, 2) : saved });
          if (config) document.apply([{ edit: 'setConfig', id: node.id, config }], 'config', `config ${node.id}`);
        }}
        onBlur={document.settleMerge}
      />
      {isBroken ? <BrokenJson /> : null}
    </div>
  );
}
