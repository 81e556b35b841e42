import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { findAttribute } from '../../xml/index.ts';
import { descendants, openEwsFixture, textOf } from './ews-fixture.ts';
import type { EwsFixture } from './ews-fixture.ts';

const shape = '<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties></m:ItemShape>';
const drafts = '<m:ParentFolderIds><t:DistinguishedFolderId Id="drafts"/></m:ParentFolderIds>';
const bySubject = '<m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="item:Subject"/></t:FieldOrder></m:SortOrder>';

async function open(t: TestContext, items: readonly (readonly [subject: string, importance: string])[]): Promise<EwsFixture> {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  for (const [subject, importance] of items) {
    const { codes } = await fixture.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>${subject}</t:Subject><t:Importance>${importance}</t:Importance></t:Message></m:Items></m:CreateItem>`);
    assert.deepEqual(codes, ['NoError']);
  }
  return fixture;
}

test('a page begins where a condition is met first, from either end', async (t) => {
  const fixture = await open(t, [['a', 'Low'], ['b', 'High'], ['c', 'Low'], ['d', 'High'], ['e', 'Low']]);
  const seek = async (basePoint: string, importance: string): Promise<unknown> => {
    const condition = `<t:Condition><t:IsEqualTo><t:FieldURI FieldURI="item:Importance"/><t:FieldURIOrConstant><t:Constant Value="${importance}"/></t:FieldURIOrConstant></t:IsEqualTo></t:Condition>`;
    const { body, codes } = await fixture.ask(`<m:FindItem Traversal="Shallow">${shape}<m:SeekToConditionPageItemView MaxEntriesReturned="2" BasePoint="${basePoint}">${condition}</m:SeekToConditionPageItemView>${bySubject}${drafts}</m:FindItem>`);
    assert.deepEqual(codes, ['NoError']);
    const [root] = descendants(body, 'RootFolder');
    return [...['IndexedPagingOffset', 'TotalItemsInView', 'IncludesLastItemInRange'].map((name) => root && findAttribute(root, name)), descendants(body, 'Subject').map(({ text }) => text)];
  };
  assert.deepEqual(await seek('Beginning', 'High'), ['3', '5', 'false', ['b', 'c']]);
  assert.deepEqual(await seek('End', 'High'), ['3', '5', 'false', ['c', 'd']]);
  assert.deepEqual(await seek('Beginning', 'Low'), ['2', '5', 'false', ['a', 'b']]);
  assert.deepEqual(await seek('Beginning', 'Normal'), ['5', '5', 'true', []]);
});

test('a seek without a condition, or with more than one, breaks the schema', async (t) => {
  const fixture = await open(t, []);
  for (const inner of ['', '<t:Condition/>']) {
    const { status, body } = await fixture.ask(`<m:FindItem Traversal="Shallow">${shape}<m:SeekToConditionPageItemView BasePoint="End">${inner}</m:SeekToConditionPageItemView>${drafts}</m:FindItem>`);
    assert.deepEqual([status, textOf(body, 'ResponseCode')], [500, 'ErrorSchemaValidation']);
  }
});

async function groups(fixture: EwsFixture, grouping: string, view = ''): Promise<unknown> {
  const { body, codes } = await fixture.ask(`<m:FindItem Traversal="Shallow">${shape}${view}${grouping}${bySubject}${drafts}</m:FindItem>`);
  assert.deepEqual(codes, ['NoError']);
  return descendants(body, 'GroupedItems').map((group) => [textOf(group, 'GroupIndex'), descendants(group, 'Subject').map(({ text }) => text)]);
}

test('items with equal values come together, groups in the order of their least or greatest', async (t) => {
  const fixture = await open(t, [['d', 'Low'], ['c', 'High'], ['b', 'Low'], ['a', 'Normal'], ['e', 'High']]);
  const grouping = (order: string, aggregate: string): string =>
    `<m:GroupBy Order="${order}"><t:FieldURI FieldURI="item:Importance"/><t:AggregateOn Aggregate="${aggregate}"><t:FieldURI FieldURI="item:Subject"/></t:AggregateOn></m:GroupBy>`;
  assert.deepEqual(await groups(fixture, grouping('Ascending', 'Minimum')), [['Normal', ['a']], ['Low', ['b', 'd']], ['High', ['c', 'e']]]);
  assert.deepEqual(await groups(fixture, grouping('Descending', 'Maximum')), [['High', ['c', 'e']], ['Low', ['b', 'd']], ['Normal', ['a']]]);
  // A page counts items, and a group may go on in the next.
  const page = '<m:IndexedPageItemView MaxEntriesReturned="2" Offset="1" BasePoint="Beginning"/>';
  assert.deepEqual(await groups(fixture, grouping('Ascending', 'Minimum'), page), [['Low', ['b', 'd']]]);
  const tagged = '<m:GroupBy Order="Ascending"><t:ExtendedFieldURI PropertyTag="0x17" PropertyType="Integer"/><t:AggregateOn Aggregate="Minimum"><t:FieldURI FieldURI="item:Subject"/></t:AggregateOn></m:GroupBy>';
  assert.deepEqual(await groups(fixture, tagged), [['1', ['a']], ['0', ['b', 'd']], ['2', ['c', 'e']]]);
});

test('conversations are groups by topic; bodies are no ground for groups', async (t) => {
  const fixture = await open(t, [['x', 'Low'], ['RE: x', 'Low'], ['y', 'Low']]);
  const { body } = await fixture.ask(`<m:FindItem Traversal="Shallow">${shape}<m:GroupBy Order="Ascending"><t:FieldURI FieldURI="item:Body"/><t:AggregateOn Aggregate="Maximum"><t:FieldURI FieldURI="item:Subject"/></t:AggregateOn></m:GroupBy>${drafts}</m:FindItem>`);
  assert.equal(textOf(body, 'ResponseCode'), 'ErrorUnsupportedPathForSortGroup');
  const conversations = await groups(fixture, '<m:DistinguishedGroupBy Order="Ascending"><t:StandardGroupBy>ConversationTopic</t:StandardGroupBy></m:DistinguishedGroupBy>');
  assert.equal((conversations as unknown[]).length, new Set((conversations as [string, unknown][]).map(([index]) => index)).size);
});
