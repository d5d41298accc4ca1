import { type NodeType, nodeTypesOf } from '@parley/runtime';
import { ask } from './chat/ask/node.ts';
import { buttons } from './chat/buttons/node.ts';
import { list } from './chat/list/node.ts';
import { send } from './chat/send/node.ts';
import { template } from './chat/template/node.ts';
import { set } from './data/set/node.ts';
import { request } from './http/request/node.ts';
import { branch } from './logic/branch/node.ts';
import { handoff } from './people/handoff/node.ts';
import { wait } from './time/wait/node.ts';
import { messageTrigger } from './trigger/message/node.ts';

/** Every node that Parley brings along; the palette, the checks and the server read this list. */
export const nodes: NodeType[] = [
  messageTrigger,
  send,
  buttons,
  list,
  template,
  ask,
  branch,
  set,
  wait,
  request,
  handoff,
];

export const nodeTypes = nodeTypesOf(nodes);
