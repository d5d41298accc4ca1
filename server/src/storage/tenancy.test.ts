import type { Model } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { acrossOrganizations, TenancyError, type TenantRow, tenantModel } from './tenancy.ts';

interface Thing extends TenantRow {
  colour: string;
}

let test: TestApp;
let things: Model<Thing>;

beforeAll(async () => {
  test = await startTestApp();
  things = tenantModel<Thing>(test.connection, 'things', { organization: String, colour: String });
  await things.create({ _id: 'thg_a', organization: 'org_a', colour: 'red' });
  await things.create({ _id: 'thg_b', organization: 'org_b', colour: 'red' });
});
afterAll(() => test.close());

const reaching: [string, () => Promise<unknown>][] = [
  ['find', async () => things.find({ colour: 'red' })],
  ['find by id', async () => things.findById('thg_a')],
  ['find one', async () => things.findOne({ _id: 'thg_a' })],
  ['count', async () => things.countDocuments({ colour: 'red' })],
  ['count all', async () => things.estimatedDocumentCount()],
  ['distinct', async () => things.distinct('colour')],
  ['update one', async () => things.updateOne({ _id: 'thg_a' }, { $set: { colour: 'blue' } })],
  ['update many', async () => things.updateMany({ colour: 'red' }, { $set: { colour: 'blue' } })],
  ['find and update', async () => things.findOneAndUpdate({ _id: 'thg_a' }, { $set: { colour: 'blue' } })],
  ['find by id and update', async () => things.findByIdAndUpdate('thg_a', { $set: { colour: 'blue' } })],
  ['replace', async () => things.replaceOne({ _id: 'thg_a' }, { colour: 'blue' })],
  ['delete one', async () => things.deleteOne({ _id: 'thg_a' })],
  ['delete many', async () => things.deleteMany({})],
  ['find and delete', async () => things.findOneAndDelete({ _id: 'thg_a' })],
  ['exists', async () => things.exists({ _id: 'thg_a' })],
  ['aggregate', async () => things.aggregate([{ $group: { _id: '$colour' } }])],
  ['bulk', async () => things.bulkWrite([{ deleteOne: { filter: { _id: 'thg_a' } } }])],
  ['cursor', async () => things.find({}).cursor().next()],
  ['an operator for the organization', async () => things.find({ organization: { $ne: 'org_x' } })],
  ['an organization inside $or', async () => things.find({ $or: [{ organization: 'org_a' }, { colour: 'red' }] })],
  ['an empty organization', async () => things.find({ organization: '' })],
];

describe('a query without an organization', () => {
  it.each(reaching)('is refused: %s', async (_name, query) => {
    await expect(query()).rejects.toThrow(TenancyError);
  });

  it('left everything as it was', async () => {
    expect(await things.find({ organization: 'org_a' }).lean()).toEqual([
      { _id: 'thg_a', organization: 'org_a', colour: 'red' },
    ]);
  });

  it('may not leave by another collection either', async () => {
    const stage = { $lookup: { from: 'things', localField: '_id', foreignField: '_id', as: 'others' } };
    await expect(things.aggregate([{ $match: { organization: 'org_a' } }, stage])).rejects.toThrow('$lookup leaves');
  });
});

describe('a query of one organization', () => {
  it('finds its own things only', async () => {
    expect(await things.countDocuments({ organization: 'org_a' })).toBe(1);
    expect(await things.findOne({ organization: 'org_a', _id: 'thg_b' })).toBeNull();
  });

  it('does not move a thing to another', async () => {
    const move = { $set: { organization: 'org_b' } };
    await expect(things.updateOne({ organization: 'org_a', _id: 'thg_a' }, move)).rejects.toThrow('stays in');
    expect(await things.countDocuments({ organization: 'org_a' })).toBe(1);
  });
});

describe('a new thing', () => {
  it('needs an organization', async () => {
    await expect(things.create({ _id: 'thg_c', colour: 'red' })).rejects.toThrow('organization');
    await expect(things.insertMany([{ _id: 'thg_c', colour: 'red' }])).rejects.toThrow('organization');
  });

  it('has no fields that its schema does not know', async () => {
    const odd = { _id: 'thg_c', organization: 'org_a', shape: 'round' };
    await expect(things.create(odd)).rejects.toThrow('shape');
  });
});

it('a query that says so reaches across organizations', async () => {
  expect(await acrossOrganizations(things.find({ colour: 'red' })).lean()).toHaveLength(2);
});
