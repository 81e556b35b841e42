import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAttribute } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { createMessage, descendants, idOf, openEwsFixture, readAnswer, textOf } from './ews-fixture.ts';
import type { EwsFixture } from './ews-fixture.ts';

const drafts = '<t:DistinguishedFolderId Id="drafts"/>';
const idOnly = '<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>';

function getItem(id: string, ...uris: readonly string[]): string {
  return `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${uris.map((uri) => `<t:FieldURI FieldURI="${uri}"/>`).join('')}</t:AdditionalProperties></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`;
}

async function createEvent(fixture: EwsFixture, subject: string, start: string, end: string, header?: string): Promise<string> {
  const answer = await fixture.ask(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>${subject}</t:Subject><t:Start>${start}</t:Start><t:End>${end}</t:End><t:IsAllDayEvent>0</t:IsAllDayEvent></t:CalendarItem></m:Items></m:CreateItem>`, header === undefined ? {} : { header });
  assert.deepEqual(answer.codes, ['NoError']);
  return idOf(answer.body);
}

const keyOf = (element: XmlElement): string => findAttribute(descendants(element, 'ItemId')[0] ?? element, 'ChangeKey') ?? '';

test('an unknown version is a fault, and faults have ServerVersionInfo, too', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const answer = await fixture.ask(getItem('x', 'item:Subject'), { header: '<t:RequestServerVersion Version="Exchange3000"/>' });
  assert.deepEqual([answer.status, textOf(answer.body, 'ResponseCode'), answer.header[0]?.local], [500, 'ErrorInvalidServerVersion', 'ServerVersionInfo']);
});

test('without a version a request is one of Exchange 2007: what came later is a fault', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const find = `<m:FindItem Traversal="Shallow">${idOnly}<m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`;
  const mark = `<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag><m:SuppressReadReceipts>true</m:SuppressReadReceipts><m:FolderIds>${drafts}</m:FolderIds></m:MarkAllItemsAsRead>`;
  const codeWith = async (body: string, version?: string): Promise<unknown> => {
    const { status, body: answer, codes } = await fixture.ask(body, { header: version === undefined ? '' : `<t:RequestServerVersion Version="${version}"/>` });
    return status === 200 ? codes[0] : [status, textOf(answer, 'ResponseCode')];
  };
  const refused = [500, 'ErrorIncorrectSchemaVersion'];
  assert.equal(await codeWith(find), 'NoError');
  assert.deepEqual(await codeWith('<m:GetRoomLists/>'), refused);
  assert.deepEqual([await codeWith(mark, 'Exchange2010_SP2'), await codeWith(mark, 'Exchange2013'), await codeWith(mark, 'V2017_07_11')], [refused, 'NoError', 'NoError']);
});

test('booleans come in as 1 and 0 and go out as true and false; naive times are read in TimeZoneContext and go out in UTC', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const header = '<t:RequestServerVersion Version="Exchange2016"/><t:TimeZoneContext><t:TimeZoneDefinition Id="Tokyo Standard Time"/></t:TimeZoneContext>';
  const id = await createEvent(fixture, 'naive', '2026-11-23T09:00:00', '2026-11-23T10:00:00', header);
  const { body } = await fixture.ask(getItem(id, 'calendar:Start', 'calendar:End', 'calendar:IsAllDayEvent'));
  assert.deepEqual(['Start', 'End', 'IsAllDayEvent'].map((name) => textOf(body, name)), ['2026-11-23T00:00:00Z', '2026-11-23T01:00:00Z', 'false']);
});

test('the id is the same from Get, Find and Sync, and the change key changes with every update', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const id = await createMessage(fixture, 'one');
  const got = await fixture.ask(getItem(id, 'item:Subject'));
  const found = await fixture.ask(`<m:FindItem Traversal="Shallow">${idOnly}<m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`);
  const synchronized = await fixture.ask(`<m:SyncFolderItems>${idOnly}<m:SyncFolderId>${drafts}</m:SyncFolderId><m:MaxChangesReturned>10</m:MaxChangesReturned></m:SyncFolderItems>`);
  assert.deepEqual([idOf(got.body), idOf(found.body), idOf(synchronized.body)], [id, id, id]);
  const keys = new Set([keyOf(got.body), keyOf(found.body), keyOf(synchronized.body)]);
  assert.equal(keys.size, 1);
  for (const subject of ['two', 'three']) {
    const updated = await fixture.ask(`<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AlwaysOverwrite"><m:ItemChanges><t:ItemChange><t:ItemId Id="${id}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:Message><t:Subject>${subject}</t:Subject></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
    keys.add(keyOf(updated.body));
  }
  assert.equal(keys.size, 3);
});

test('a page says where the next begins, how many there are, and whether it is the last', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  for (const subject of ['a', 'b', 'c', 'd', 'e']) await createMessage(fixture, subject);
  const page = async (offset: number): Promise<unknown> => {
    const { body } = await fixture.ask(`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties></m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="2" Offset="${offset}" BasePoint="Beginning"/><m:SortOrder><t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:Subject"/></t:FieldOrder></m:SortOrder><m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`);
    const [root] = descendants(body, 'RootFolder');
    return [...['IndexedPagingOffset', 'TotalItemsInView', 'IncludesLastItemInRange'].map((name) => root && findAttribute(root, name)), descendants(body, 'Subject').map(({ text }) => text)];
  };
  assert.deepEqual([await page(0), await page(4)], [['2', '5', 'false', ['e', 'd']], ['5', '5', 'true', ['a']]]);
});

test('a calendar view is half-open, expanded and sorted', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  await createEvent(fixture, 'begins at the end', '2026-11-25T00:00:00Z', '2026-11-25T01:00:00Z');
  await createEvent(fixture, 'inside', '2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z');
  await createEvent(fixture, 'ends at the beginning', '2026-11-22T23:00:00Z', '2026-11-23T00:00:00Z');
  await createEvent(fixture, 'reaches in', '2026-11-22T23:00:00Z', '2026-11-23T00:30:00Z');
  const { body } = await fixture.ask('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:CalendarView StartDate="2026-11-23T00:00:00Z" EndDate="2026-11-25T00:00:00Z"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>');
  assert.deepEqual(descendants(body, 'Subject').map(({ text }) => text), ['reaches in', 'inside']);
});

test('restrictions: comparison, containment, existence, bits, and their combinations', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const tag = '<t:ExtendedFieldURI PropertyTag="0x7d02" PropertyType="Integer"/>';
  const items = [['red apple', 5], ['green apple', 2], ['pear', undefined]] as const;
  for (const [subject, value] of items) {
    await fixture.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>${subject}</t:Subject>${value === undefined ? '' : `<t:ExtendedProperty>${tag}<t:Value>${value}</t:Value></t:ExtendedProperty>`}</t:Message></m:Items></m:CreateItem>`);
  }
  const find = async (restriction: string): Promise<string[]> => {
    const { body, codes } = await fixture.ask(`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:Restriction>${restriction}</m:Restriction><m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`);
    assert.deepEqual(codes, ['NoError']);
    return descendants(body, 'Subject').map(({ text }) => text).toSorted();
  };
  const contains = '<t:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase"><t:FieldURI FieldURI="item:Subject"/><t:Constant Value="APPLE"/></t:Contains>';
  const exists = `<t:Exists>${tag}</t:Exists>`;
  const over = `<t:IsGreaterThan>${tag}<t:FieldURIOrConstant><t:Constant Value="2"/></t:FieldURIOrConstant></t:IsGreaterThan>`;
  assert.deepEqual(await find(contains), ['green apple', 'red apple']);
  assert.deepEqual(await find(`<t:Not>${exists}</t:Not>`), ['pear']);
  assert.deepEqual(await find(`<t:And>${contains}${over}</t:And>`), ['red apple']);
  assert.deepEqual(await find(`<t:Or><t:Not>${exists}</t:Not>${over}</t:Or>`), ['pear', 'red apple']);
  // Excludes is true where none of the bits is set.
  assert.deepEqual(await find(`<t:Excludes>${tag}<t:Bitmask Value="0x4"/></t:Excludes>`).then((found) => found.filter((subject) => subject.endsWith('apple'))), ['green apple']);
});

test('a user with too much in work is asked to wait; others are not', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const id = await createMessage(fixture, 'busy');
  const flood = Array.from({ length: 40 }, () => fixture.post(getItem(id, 'item:Subject')));
  const other = await fixture.post('<m:GetRoomLists/>', { as: 'anna' });
  const answers = await Promise.all(flood);
  const refused = answers.filter(({ errorCode }) => errorCode === 'ErrorServerBusy');
  assert.equal(refused.length, 13);
  const [value] = descendants(readAnswer(refused[0]?.body ?? Buffer.alloc(0)).body, 'Value');
  assert.deepEqual([value && findAttribute(value, 'Name'), Number(value?.text) > 0], ['BackOffMilliseconds', true]);
  assert.equal(other.status, 200);
  assert.equal((await fixture.post(getItem(id, 'item:Subject'))).status, 200);
});
