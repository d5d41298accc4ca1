import { useTranslation } from 'react-i18next';
import { useNode, useOpenFlow, useWorkbench } from '../document/use-document.ts';
import { JsonArea } from '../ui/JsonArea.tsx';
import { parseJsonObject } from './parse-json-object.ts';

/** What the selected node is set to. */
export default function Inspector() {
  const selected = useWorkbench((state) => state.selection.nodes[0]);
  return selected === undefined ? null : <NodeJson key={selected} id={selected} />;
}

function NodeJson({ id }: { id: string }) {
  const { t } = useTranslation('inspector');
  const { document } = useOpenFlow();
  const node = useNode(id);
  if (!node) return null;
  return (
    <JsonArea
      label={t('config')}
      defaultValue={JSON.stringify(node.config, null, 2)}
      onBlur={(event) => {
        const config = parseJsonObject(event.currentTarget.value);
        if (config) document.apply([{ edit: 'setConfig', id, config }], 'config');
      }}
    />
  );
}
