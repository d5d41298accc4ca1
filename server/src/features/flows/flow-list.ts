import type { Model } from 'mongoose';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { plain } from '../../storage/tenancy.ts';
import { escapePattern } from '../../storage/text-pattern.ts';
import type { Status } from './shapes.ts';
import type { FlowRow, FlowSummary } from './stored-flow.ts';
import { countTags } from './tags.ts';

/** What of the list is wanted; what is absent narrows nothing. */
export interface FlowFilter {
  tag?: string | undefined;
  status?: Status | undefined;
  /** Only those with problems, or only those without. */
  problems?: boolean | undefined;
}

const STATUS: Record<Status, object> = {
  draft: { published: null },
  active: { published: { $ne: null }, active: true },
  inactive: { published: { $ne: null }, active: false },
};

/** The part of the flow store that the list of bots asks. */
export function createFlowList(flows: Model<FlowRow>) {
  return {
    /** A page of flows without their documents; `q` finds names and tags. */
    async list(organization: string, page: PageRequest, filter: FlowFilter = {}): Promise<Page<FlowSummary>> {
      const { tag, status, problems } = filter;
      const wanted = {
        organization,
        ...(tag !== undefined && { tags: { $regex: `^${escapePattern(tag)}$`, $options: 'i' } }),
        ...(status && STATUS[status]),
        ...(problems !== undefined && { 'problems.0': { $exists: problems } }),
      };
      const found = await readPage(flows, wanted, page, {
        search: ['name', 'tags'],
        without: ['document', 'changes'],
      });
      return { ...found, items: found.items.map(({ uses: _, tags = [], ...row }) => ({ ...plain(row), tags })) };
    },

    /** No saving: the document's revision and its last change stay what they were. False for an unknown flow. */
    async setTags(organization: string, id: string, tags: string[]): Promise<boolean> {
      const { matchedCount } = await flows.updateOne({ organization, _id: id }, { $set: { tags } });
      return matchedCount === 1;
    },

    async tags(organization: string): Promise<{ tag: string; count: number }[]> {
      const rows = await flows
        .find({ organization, 'tags.0': { $exists: true } }, { tags: 1 })
        .sort({ createdAt: 1, _id: 1 })
        .lean<Pick<FlowRow, 'tags'>[]>();
      return countTags(rows.map(({ tags }) => tags));
    },
  };
}
