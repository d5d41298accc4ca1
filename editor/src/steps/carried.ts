import { nodeTypes } from '@parley/nodes';
import type { NodeType } from '@parley/runtime';

const FORMAT = 'application/x-parley-step';

/** A step that is carried from the palette to the canvas. */
export function carry(data: DataTransfer, type: NodeType): void {
  data.setData(FORMAT, type.type);
  data.setData('text/plain', type.title);
  data.effectAllowed = 'copy';
}

/** While it hangs over a place a browser tells only that there is one. */
export const isCarried = (data: DataTransfer): boolean => data.types.includes(FORMAT);

export const carriedStep = (data: DataTransfer): NodeType | undefined => nodeTypes.get(data.getData(FORMAT));
