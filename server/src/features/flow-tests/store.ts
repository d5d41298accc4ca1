import type { Connection } from 'mongoose';
import type { Index } from '../../storage/indexes.ts';
import { type TenantRow, tenantModel } from '../../storage/tenancy.ts';

/** A conversation that a flow must hold. */
export interface FlowTest {
  id: string;
  flow: string;
  title: string;
  /** A `parley.script/1`; its `flow` says where an export finds the flow and is never read here. */
  script: unknown;
  createdAt: Date;
  updatedAt: Date;
}

/** The script is kept as JSON text: its keys may hold dots and dollars. */
interface FlowTestRow extends TenantRow, Omit<FlowTest, 'id' | 'script'> {
  script: string;
}

export const flowTestIndexes: Index[] = [
  { collection: 'flow_scripts', keys: { organization: 1, flow: 1, createdAt: 1, _id: 1 } },
];

export type FlowTestStore = ReturnType<typeof createFlowTestStore>;

export function createFlowTestStore(connection: Connection, now: () => Date = () => new Date()) {
  const tests = tenantModel<FlowTestRow>(connection, 'flow_scripts', {
    organization: String,
    flow: { type: String, required: true },
    title: { type: String, required: true },
    script: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  });
  return {
    /** In the order in which they were made. */
    async list(organization: string, flow: string): Promise<FlowTest[]> {
      const rows = await tests.find({ organization, flow }).sort({ createdAt: 1, _id: 1 }).lean<FlowTestRow[]>();
      return rows.map(testOf);
    },

    count: (organization: string, flow: string): Promise<number> => tests.countDocuments({ organization, flow }),

    async add(organization: string, flow: string, id: string, draft: { title: string; script: unknown }) {
      const at = now();
      const row = { _id: id, organization, flow, title: draft.title, createdAt: at, updatedAt: at };
      const script = JSON.stringify(draft.script);
      await tests.create({ ...row, script });
      return testOf({ ...row, script });
    },

    /** Null where there is no such test. */
    async replace(organization: string, flow: string, id: string, draft: { title: string; script: unknown }) {
      const change = { title: draft.title, script: JSON.stringify(draft.script), updatedAt: now() };
      const row = await tests
        .findOneAndUpdate({ organization, flow, _id: id }, { $set: change }, { returnDocument: 'after' })
        .lean<FlowTestRow>();
      return row && testOf(row);
    },

    async remove(organization: string, flow: string, id: string): Promise<boolean> {
      const { deletedCount } = await tests.deleteOne({ organization, flow, _id: id });
      return deletedCount > 0;
    },

    /** When the flow itself goes. */
    async removeAll(organization: string, flow: string): Promise<void> {
      await tests.deleteMany({ organization, flow });
    },
  };
}

const testOf = ({ _id, flow, title, script, createdAt, updatedAt }: FlowTestRow): FlowTest => ({
  id: _id,
  flow,
  title,
  script: JSON.parse(script),
  createdAt,
  updatedAt,
});
