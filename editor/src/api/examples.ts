import type { OutboundContent } from '@parley/runtime';
import type { SavedFlow } from './flows.ts';
import { request } from './request.ts';

/** A line of a conversation that shows what an example does. `wait` is ISO 8601: so much time passes. */
export type ExampleLine =
  /** `text` is empty where the person sent something else, of this type. */
  | { from: 'contact'; text: string; type: string }
  | { from: 'bot'; content: OutboundContent }
  | { from: 'time'; wait: string };

export interface ExamplePicture {
  nodes: { id: string; group: string; at: [number, number] }[];
  edges: [string, string][];
}

/** Words are English; the page has its own for those that come with Parley. */
export interface ExampleSummary {
  name: string;
  title: string;
  description: string;
  nodes: number;
  subflows: string[];
  picture: ExamplePicture;
  opening: ExampleLine[];
}
export interface Example extends ExampleSummary {
  needs: string[];
  conversation: ExampleLine[];
}

const at = (name: string) => `/api/examples/${encodeURIComponent(name)}`;

export const listExamples = async () => (await request<{ items: ExampleSummary[] }>('GET', '/api/examples')).items;
export const readExample = (name: string) => request<Example>('GET', at(name));
/** Adds it as a draft; the bot itself comes first, then what it runs. */
export const addExample = (name: string, called: string) =>
  request<{ flows: SavedFlow[] }>('POST', `${at(name)}/use`, { name: called });
