import { z } from 'zod';
import { isPrototypeName } from '../json.ts';

/** Larger documents are refused: beyond this no canvas is usable and no session's place list stays small. */
export const MAX_NODES = 2_000;
export const MAX_EDGES = 8_000;
export const MAX_VARIABLES = 500;
const MAX_NAME = 200;

export const NodeId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use 1 to 64 letters, digits, "-" or "_".')
  .refine((id) => !isPrototypeName(id), 'This name is reserved; choose another.');
export type NodeId = z.infer<typeof NodeId>;

/** `order.number`: dots nest. Shared by `variables`, `saveAs` and `assign`. */
export const VariableName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/, 'Use letters, digits and "_"; dots nest, as in order.number.')
  .refine((name) => !name.split('.').some(isPrototypeName), 'This name is reserved; choose another.')
  .meta({ input: 'variable' });

export const FlowNode = z.object({
  id: NodeId,
  type: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\.[A-Za-z][A-Za-z0-9]*$/, 'Write the type as package.node, such as chat.ask.'),
  version: z.int().min(1).optional(),
  label: z.string().max(MAX_NAME).optional(),
  config: z.record(z.string(), z.unknown()).default({}),
});
export type FlowNode = z.infer<typeof FlowNode>;

export const Edge = z.object({ id: NodeId, source: NodeId, sourceHandle: z.string().min(1).max(256), target: NodeId });
export type Edge = z.infer<typeof Edge>;

export const Variable = z.object({
  name: VariableName,
  type: z.enum(['text', 'number', 'boolean', 'date', 'list', 'object', 'any']).default('any'),
  initial: z.json().optional(),
});
export type Variable = z.infer<typeof Variable>;

export const Interrupt = z.object({ keywords: z.array(z.string().min(1).max(100)).min(1).max(50), target: NodeId });

export const Settings = z.looseObject({
  language: z.string().min(2).max(35).default('en'),
  interrupts: z.array(Interrupt).max(20).default([]),
  onError: z.object({ target: NodeId }).optional(),
  expireAfter: z.string().optional(),
  /** Where a silent session goes instead of ending. */
  onExpire: z.object({ target: NodeId }).optional(),
  /** IANA name; hours and dates of the flow are meant in it. */
  timezone: z.string().min(1).max(60).optional(),
  priority: z.int().min(-1000).max(1000).default(0),
  channels: z.array(z.string()).default([]),
});
export type Settings = z.infer<typeof Settings>;

const Point = z.tuple([z.number(), z.number()]);
const NOTE_SIDE = z.number().min(64).max(2_000); // pixels of the canvas
export const NoteColor = z.enum(['yellow', 'green', 'blue', 'pink', 'gray']);
export type NoteColor = z.infer<typeof NoteColor>;
export const Note = z.object({
  id: NodeId,
  at: Point,
  text: z.string().max(5_000),
  /** Width and height that somebody gave it; without them it is as high as its text. */
  size: z.tuple([NOTE_SIDE, NOTE_SIDE]).optional(),
  /** Yellow where there is none. */
  color: NoteColor.optional(),
});
export type Note = z.infer<typeof Note>;
export const Group = z.object({
  id: NodeId,
  title: z.string().max(MAX_NAME),
  nodes: z.array(NodeId),
  collapsed: z.boolean().optional(),
});
export type Group = z.infer<typeof Group>;
export const Layout = z.object({
  nodes: z.record(z.string(), Point).default({}),
  groups: z.array(Group).default([]),
  notes: z.array(Note).default([]),
  /** Nodes that somebody placed by hand: laying out leaves them where they are. Absent where there are none. */
  pinned: z.array(NodeId).optional(),
});

export const FLOW_FORMAT = 'parley.flow/1';

/** The flow document. Logic and layout are apart, so a diff of two versions speaks of behaviour. */
export const Flow = z.object({
  format: z.literal(FLOW_FORMAT),
  name: z.string().max(MAX_NAME).default(''),
  nodes: z.array(FlowNode).max(MAX_NODES),
  edges: z.array(Edge).max(MAX_EDGES).default([]),
  variables: z.array(Variable).max(MAX_VARIABLES).default([]),
  settings: Settings.prefault({}),
  translations: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  layout: Layout.prefault({}),
});
export type Flow = z.infer<typeof Flow>;

export const emptyFlow = (name: string): Flow => Flow.parse({ format: FLOW_FORMAT, name, nodes: [] });
