import { type NodeType, nodeTypesOf } from '@parley/runtime';
import { ask } from './chat/ask/node.ts';
import { buttons } from './chat/buttons/node.ts';
import { callToAction } from './chat/callToAction/node.ts';
import { carousel } from './chat/carousel/node.ts';
import { flowForm } from './chat/flowForm/node.ts';
import { list } from './chat/list/node.ts';
import { locationRequest } from './chat/locationRequest/node.ts';
import { markRead } from './chat/markRead/node.ts';
import { product } from './chat/product/node.ts';
import { products } from './chat/products/node.ts';
import { react } from './chat/react/node.ts';
import { send } from './chat/send/node.ts';
import { template } from './chat/template/node.ts';
import { consent } from './contact/consent/node.ts';
import { group } from './contact/group/node.ts';
import { tag } from './contact/tag/node.ts';
import { update } from './contact/update/node.ts';
import { code } from './data/code/node.ts';
import { set } from './data/set/node.ts';
import { transform } from './data/transform/node.ts';
import { emit } from './event/emit/node.ts';
import { startFlow } from './flow/start/node.ts';
import { request } from './http/request/node.ts';
import { branch } from './logic/branch/node.ts';
import { end } from './logic/end/node.ts';
import { goBack } from './logic/goBack/node.ts';
import { goTo } from './logic/goTo/node.ts';
import { loop } from './logic/loop/node.ts';
import { random } from './logic/random/node.ts';
import { subflow } from './logic/subflow/node.ts';
import { switchNode } from './logic/switch/node.ts';
import { assign } from './people/assign/node.ts';
import { handoff } from './people/handoff/node.ts';
import { note } from './people/note/node.ts';
import { notify } from './people/notify/node.ts';
import { hours } from './time/hours/node.ts';
import { until } from './time/until/node.ts';
import { wait } from './time/wait/node.ts';
import { window } from './time/window/node.ts';
import { calledTrigger } from './trigger/called/node.ts';
import { eventTrigger } from './trigger/event/node.ts';
import { messageTrigger } from './trigger/message/node.ts';
import { scheduleTrigger } from './trigger/schedule/node.ts';
import { webhookTrigger } from './trigger/webhook/node.ts';

/** Every node that Parley brings along; the palette, the checks and the server read this list. */
export const nodes: NodeType[] = [
  messageTrigger,
  webhookTrigger,
  scheduleTrigger,
  eventTrigger,
  calledTrigger,
  send,
  buttons,
  list,
  template,
  ask,
  callToAction,
  locationRequest,
  flowForm,
  product,
  products,
  carousel,
  react,
  markRead,
  branch,
  switchNode,
  random,
  loop,
  subflow,
  goTo,
  goBack,
  end,
  set,
  transform,
  code,
  wait,
  until,
  hours,
  window,
  request,
  handoff,
  assign,
  note,
  notify,
  update,
  tag,
  group,
  consent,
  startFlow,
  emit,
];

export const nodeTypes = nodeTypesOf(nodes);

export { nextOccurrence, type Occasions } from './trigger/schedule/next-occurrence.ts';
export type { Schedule } from './trigger/schedule/node.ts';
export { type Recipient, recipientOf } from './trigger/webhook/node.ts';
