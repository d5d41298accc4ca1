import { nodeTypes } from '@parley/nodes';
import type { Flow, FlowNode } from '@parley/runtime';
import { FormContext } from '../form/form-context.ts';
import { NodeForm } from '../form/NodeForm.tsx';
import { useFieldPlace } from '../form/use-field-place.ts';
import { useNodeForm } from '../form/use-node-form.ts';
import { NodeDetails } from './NodeDetails.tsx';
import { NodeHead } from './NodeHead.tsx';
import { NodeProblems } from './NodeProblems.tsx';
import { NodeTexts } from './NodeTexts.tsx';
import classes from './panels.module.css';
import { StrangeNode } from './StrangeNode.tsx';

/** One node: what it is and how it is set. */
export function NodePanel({ flow, node, isReadOnly }: { flow: Flow; node: FlowNode; isReadOnly: boolean }) {
  const type = nodeTypes.get(node.type);
  const form = useNodeForm(node.id, isReadOnly);
  useFieldPlace(form.id, node.id);
  return (
    <FormContext value={form}>
      <div className={classes.panel}>
        <NodeHead node={node} type={type} isReadOnly={isReadOnly} />
        <NodeProblems node={node} type={type} />
        {type ? <NodeForm node={node} type={type} /> : <StrangeNode node={node} />}
        <NodeTexts flow={flow} node={node} isReadOnly={isReadOnly} />
        <NodeDetails node={node} />
      </div>
    </FormContext>
  );
}
