import type { Connection } from 'mongoose';
import type { Index } from '../../storage/indexes.ts';
import { type TenantRow, tenantModel } from '../../storage/tenancy.ts';
import type { PublishedFlow } from './published-flow.ts';
import type { Publication } from './versions.ts';

/** A draft as it was frozen when it was shared; `version` is below zero. `revision` is the draft's of that moment. */
export interface SharedDraft extends Publication {
  revision: number;
}

/** Who tries a flow before everybody does. See decisions/test-drafts.md. */
export interface Testing {
  /** Phone numbers (`+4479…`) and ids of contacts. */
  testers: string[];
  /** Null: testers get what everybody gets. */
  shared: SharedDraft | null;
}

/** A shared draft as the engine needs it: a flow that answers these people only. */
export interface TestFlow extends PublishedFlow {
  testers: string[];
}

/** One row a flow, under the flow's own id. */
interface TestingRow extends TenantRow, Testing {
  isShared: boolean;
  /** Of the flow: the older one wins where two are equal. */
  flowCreatedAt: Date;
}

export const testDraftIndexes: Index[] = [{ collection: 'flow_tests', keys: { organization: 1, isShared: 1 } }];

const NOBODY: Testing = { testers: [], shared: null };

export function createTestDraftStore(
  connection: Connection,
  documents: (organization: string, wanted: { flow: string; version: number }[]) => Promise<Map<string, unknown>>,
) {
  const tests = tenantModel<TestingRow>(connection, 'flow_tests', {
    organization: String,
    testers: { type: [String], required: true },
    shared: { type: Object, default: null },
    isShared: { type: Boolean, required: true },
    flowCreatedAt: { type: Date, required: true },
  });

  type Flow = { organization: string; id: string; createdAt: Date };
  const change = async ({ organization, id, createdAt }: Flow, set: Partial<Testing> & { isShared?: boolean }) => {
    const fresh: Partial<TestingRow> = { ...NOBODY, isShared: false, flowCreatedAt: createdAt };
    for (const name of Object.keys(set)) delete fresh[name as keyof TestingRow];
    const update = { $set: set, $setOnInsert: fresh };
    const row = await tests
      .findOneAndUpdate({ organization, _id: id }, update, { upsert: true, returnDocument: 'after' })
      .lean<TestingRow>();
    return row ? testingOf(row) : NOBODY;
  };

  return {
    async find(organization: string, flow: string): Promise<Testing> {
      const row = await tests.findOne({ organization, _id: flow }).lean<TestingRow>();
      return row ? testingOf(row) : NOBODY;
    },

    choose: (flow: Flow, testers: string[]): Promise<Testing> => change(flow, { testers }),

    share: (flow: Flow, shared: SharedDraft): Promise<Testing> => change(flow, { shared, isShared: true }),

    /** Testers get what everybody gets; who they are is kept for the next time. */
    async end(organization: string, flow: string): Promise<void> {
      await tests.updateOne({ organization, _id: flow }, { $set: { shared: null, isShared: false } });
    },

    async forget(organization: string, flow: string): Promise<void> {
      await tests.deleteOne({ organization, _id: flow });
    },

    /** Every draft that somebody tries now. */
    async shared(organization: string): Promise<TestFlow[]> {
      const rows = await tests.find({ organization, isShared: true }).lean<TestingRow[]>();
      const wanted = rows.flatMap(({ _id, testers, shared, flowCreatedAt }) =>
        shared && testers.length > 0
          ? [{ flow: _id, version: shared.version, hash: shared.hash, testers, createdAt: flowCreatedAt }]
          : [],
      );
      if (wanted.length === 0) return [];
      const found = await documents(organization, wanted);
      return wanted.flatMap((one) => {
        const document = found.get(`${one.flow}.${one.version}`);
        return document === undefined ? [] : [{ ...one, document, organization }];
      });
    },
  };
}

const testingOf = ({ testers, shared }: TestingRow): Testing => ({ testers, shared });
