import type { Script } from '@parley/runtime';
import { request } from './request.ts';

/** A conversation that a flow must hold, kept beside it. */
export interface FlowTest {
  id: string;
  title: string;
  script: Script;
  createdAt: string;
  updatedAt: string;
}

const at = (flow: string) => `/api/flows/${encodeURIComponent(flow)}/tests`;
type Draft = Pick<FlowTest, 'title' | 'script'>;

export const listFlowTests = async (flow: string) => (await request<{ items: FlowTest[] }>('GET', at(flow))).items;
export const addFlowTest = (flow: string, draft: Draft) => request<FlowTest>('POST', at(flow), draft);
export const replaceFlowTest = (flow: string, id: string, { title, script }: Draft) =>
  request<FlowTest>('PUT', `${at(flow)}/${encodeURIComponent(id)}`, { title, script });
export const removeFlowTest = (flow: string, id: string) =>
  request<void>('DELETE', `${at(flow)}/${encodeURIComponent(id)}`);
/** The key of a flow's tests in the cache. */
export const flowTestsKey = (flow: string) => ['flow', flow, 'tests'] as const;
