import type { Flow } from '@parley/runtime';
import { createStore } from '@xstate/store';
import type { FlowProblem } from './flow-problem.ts';
import type { HeldText, HeldTexts } from './held-texts.ts';
import {
  addNodes,
  forgetMended,
  leaveAll,
  leaveField,
  leaveNode,
  NOTHING_TOUCHED,
  type Untouched,
  withUntouched,
} from './untouched.ts';

/** What lies at the side of the canvas. */
export type Panel = 'inspector' | 'simulator' | 'problems' | 'versions' | 'find' | 'counts' | 'json';

export interface Selection {
  nodes: readonly string[];
  edges: readonly string[];
  notes: readonly string[];
  groups: readonly string[];
}

/** What a panel wants shown on a node, in words and a tone; the canvas draws it. */
export interface NodeMark {
  tone:
    | 'current'
    | 'visited'
    | 'breakpoint'
    | 'added'
    | 'changed'
    | 'removed'
    | 'error'
    | 'warning'
    | 'count'
    | 'found';
  /** Short, such as a number; drawn as a badge. */
  text?: string;
  /** The whole of it, for a tooltip and a screen reader. */
  title?: string;
}

/** The same for an edge, or for a port that no edge leaves: then the key is `portKey(node, port)`. */
export interface EdgeMark {
  tone: 'visited' | 'added' | 'removed' | 'count' | 'breakpoint';
  text?: string;
  title?: string;
  /** 0 to 1: how strong the line is drawn. */
  weight?: number;
}

/** One panel's marks, by node id and by edge id (or port key). */
export interface Layer {
  nodes?: Readonly<Record<string, NodeMark>>;
  edges?: Readonly<Record<string, EdgeMark>>;
}

export const portKey = (node: string, port: string): string => `${node} ${port}`;

/** A place that is to be brought into sight: the canvas zooms, the inspector opens the field. */
export interface Place {
  node?: string;
  edge?: string;
  /** A node that is to be seen together with it where there is room, such as the one before a new step. */
  beside?: string;
  /** JSON pointer inside the node's config, such as `/buttons/0/title`. */
  field?: string;
  /** Rises with every request, so that the same place can be asked for twice. */
  number: number;
}

export interface WorkbenchState {
  selection: Selection;
  panel: Panel | null;
  place: Place | null;
  /** By the name of the panel that made them. */
  layers: Readonly<Record<string, Layer>>;
  /** Nodes and ports (`portKey`) where the simulator halts. */
  breakpoints: readonly string[];
  /** The simulator is asked to begin at this node. */
  playFrom: { node: string; number: number } | null;
  /** The simulator is asked to open this test where it differs. */
  openTest: { test: string; number: number } | null;
  /** What is written in the panels and no part of the flow yet. */
  held: HeldTexts;
  /** What the checks say of the flow, a moment after the last edit. */
  problems: readonly FlowProblem[];
  /** What of them somebody has seen and left: until then they are unfinished rather than wrong. */
  untouched: Untouched;
  /** While a version is looked at, or a conversation's journey: nothing can be edited. */
  isReadOnly: boolean;
  /** What is shown in the place of the draft; null: the draft itself. */
  viewing: Viewing | null;
  /** Of a comparison, which of its changes is looked at, from 0; null before the first. */
  change: number | null;
}

/** A flow that is shown in the place of the draft: a version, or two of them in one. Nothing of it can be edited. */
export interface Viewing {
  /** `draft`, or a version's number. One is looked at by itself; of two, what changed from the first to the second. */
  what: { version: number } | { from: Side; to: Side };
  flow: Flow;
  layer: Layer | null;
}
export type Side = 'draft' | number;

export const NOTHING: Selection = { nodes: [], edges: [], notes: [], groups: [] };

export type Workbench = ReturnType<typeof createWorkbench>;

/** What the panels of one open flow share beside the flow itself. Panels know each other only through this. */
export function createWorkbench(panel: Panel | null = 'inspector') {
  let number = 0;
  const store = createStore({
    context: {
      selection: NOTHING,
      panel,
      place: null,
      layers: {},
      breakpoints: [],
      playFrom: null,
      openTest: null,
      held: {},
      problems: [],
      untouched: NOTHING_TOUCHED,
      isReadOnly: false,
      viewing: null,
      change: null,
    } as WorkbenchState,
    on: { changed: (state, { change }: { change: Partial<WorkbenchState> }) => ({ ...state, ...change }) },
  });
  const set = (change: Partial<WorkbenchState>) => store.trigger.changed({ change });
  const now = () => store.getSnapshot().context;
  const touch = (untouched: Untouched) => {
    if (untouched !== now().untouched) set({ untouched, problems: withUntouched(now().problems, untouched) });
  };
  return {
    store,
    select: (selection: Partial<Selection>) => set({ selection: { ...NOTHING, ...selection } }),
    openPanel: (name: Panel | null) => set({ panel: name }),
    togglePanel: (name: Panel) => set({ panel: now().panel === name ? null : name }),
    /** Selects the place and brings it into sight. */
    show: (place: Omit<Place, 'number'>) => {
      const nodes = place.node === undefined ? [] : [place.node];
      const edges = place.edge === undefined ? [] : [place.edge];
      set({ place: { ...place, number: ++number }, selection: { ...NOTHING, nodes, edges } });
    },
    /** Null takes the layer away. */
    draw: (name: string, layer: Layer | null) => {
      const { [name]: _, ...others } = now().layers;
      set({ layers: layer === null ? others : { ...others, [name]: layer } });
    },
    toggleBreakpoint: (key: string) => {
      const { breakpoints } = now();
      set({
        breakpoints: breakpoints.includes(key) ? breakpoints.filter((one) => one !== key) : [...breakpoints, key],
      });
    },
    playFrom: (node: string) => set({ playFrom: { node, number: ++number }, panel: 'simulator' }),
    openTest: (test: string) => set({ openTest: { test, number: ++number }, panel: 'simulator' }),
    /** Null lets the text of the place go. */
    hold: (place: string, text: HeldText | null) => {
      const { [place]: _, ...others } = now().held;
      set({ held: text === null ? others : { ...others, [place]: text } });
    },
    setProblems: (found: readonly FlowProblem[]) => {
      const untouched = forgetMended(now().untouched, found);
      set({ untouched, problems: withUntouched(found, untouched) });
    },
    /** Steps that somebody put there: their ways are not drawn yet. */
    addedNodes: (ids: readonly string[]) => touch(addNodes(now().untouched, ids)),
    /** A field (a JSON pointer inside the config) was left as it is: what is empty there is wrong from now on. */
    leaveField: (node: string, field: string) => touch(leaveField(now().untouched, node, field)),
    /** The same for all that is open in a step, */
    leaveNode: (node: string) => touch(leaveNode(now().untouched, now().problems, node)),
    /** and in all of them: somebody wants to publish. */
    leaveAll: () => touch(leaveAll(now().untouched, now().problems)),
    setReadOnly: (isReadOnly: boolean) => set({ isReadOnly }),
    /** Shows a flow in the place of the draft, which cannot be edited meanwhile; null shows the draft again. */
    view: (viewing: Viewing | null) =>
      set({ viewing, isReadOnly: viewing !== null, change: null, selection: NOTHING, place: null }),
    goToChange: (change: number) => set({ change }),
  };
}
