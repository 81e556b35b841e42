import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAttribute } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import type { TestService } from './service-fixture.ts';
import { below, itemIdOf, openTestService } from './service-fixture.ts';

// The MAPI properties by which gateways from other protocols (IMAP, CalDAV) know items and folders again.

const tag = (number: string, type: string): string => `<t:ExtendedFieldURI PropertyTag="${number}" PropertyType="${type}"/>`;
const appointment = (id: number, type: string): string => `<t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyId="${id}" PropertyType="${type}"/>`;
const instanceType = '<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="urn:schemas:calendar:instancetype" PropertyType="Integer"/>';

async function valuesOf(service: TestService, item: string, uris: readonly string[]): Promise<readonly (string | undefined)[]> {
  const messages = await service.ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${uris.join('')}</t:AdditionalProperties></m:ItemShape><m:ItemIds>${item}</m:ItemIds></m:GetItem>`);
  return inOrder(messages, uris);
}

/** The values of extended properties in the order in which they were asked for. */
function inOrder(messages: readonly XmlElement[], uris: readonly string[]): readonly (string | undefined)[] {
  const found = below(messages, 'ExtendedProperty').map((property) => ({ uri: property.children[0], value: property.children[1]?.text }));
  return uris.map((asked) => found.find(({ uri }) => uri !== undefined && ['PropertyTag', 'PropertyId', 'PropertyName'].some((name) => findAttribute(uri, name) !== undefined && new RegExp(`${name}="${findAttribute(uri, name)}"`, 'i').test(asked)))?.value);
}

const idElement = (id: string): string => `<t:ItemId Id="${id}"/>`;
const message = (subject: string, more = ''): string => `<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId><t:DistinguishedFolderId Id="inbox"/></m:SavedItemFolderId><m:Items><t:Message><t:Subject>${subject}</t:Subject><t:Body BodyType="Text">the body</t:Body>${more}</t:Message></m:Items></m:CreateItem>`;

test('subject, body, uid, times of change and flags of a message, by tag', async (t) => {
  const service = await openTestService(t);
  const uris = [tag('0x37', 'String'), tag('0x1000', 'String'), tag('0xe23', 'Integer'), tag('0x3008', 'SystemTime'), tag('0x670a', 'SystemTime'), tag('0xe07', 'Integer')];
  const first = itemIdOf(await service.ask(message('one', `<t:ExtendedProperty>${tag('0xe07', 'Integer')}<t:Value>1</t:Value></t:ExtendedProperty>`)));
  const second = itemIdOf(await service.ask(message('two')));
  const [subject, body, uid, modified, committed, flags] = await valuesOf(service, idElement(first), uris);
  assert.deepEqual([subject, body, Number(flags) & 1], ['one', 'the body', 1]);
  assert.ok(Math.abs(Date.parse(modified ?? '') - Date.now()) < 600_000, modified);
  assert.equal(committed, modified);
  assert.ok(Number((await valuesOf(service, idElement(second), uris))[2]) > Number(uid), 'a later item has a higher uid');
  await service.ask(`<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AlwaysOverwrite"><m:ItemChanges><t:ItemChange>${idElement(first)}<t:Updates><t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message><t:IsRead>false</t:IsRead></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  const after = await valuesOf(service, idElement(first), uris);
  assert.equal(after[2], uid, 'the uid stays');
  assert.ok(Date.parse(after[3] ?? '') > Date.parse(modified ?? ''), 'the time moves on, as whole seconds too');
  assert.equal(after[4], after[3]);
  assert.equal(Number(after[5]) & 1, 0);
  const moved = itemIdOf(await service.ask(`<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="drafts"/></m:ToFolderId><m:ItemIds>${idElement(first)}</m:ItemIds></m:MoveItem>`));
  const back = itemIdOf(await service.ask(`<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="inbox"/></m:ToFolderId><m:ItemIds>${idElement(moved)}</m:ItemIds></m:MoveItem>`));
  assert.ok(Number((await valuesOf(service, idElement(back), uris))[2]) > Number(uid), 'no uid comes again');
});

test('the name 0x10f3 is stored, read and found, whatever its case', async (t) => {
  const service = await openTestService(t);
  const name = tag('0x10f3', 'String');
  const id = itemIdOf(await service.ask(message('named', `<t:ExtendedProperty>${name}<t:Value>Quarter.EML</t:Value></t:ExtendedProperty>`)));
  await service.ask(message('other'));
  const find = (value: string): string => `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${name}</t:AdditionalProperties></m:ItemShape><m:Restriction><t:IsEqualTo>${name}<t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction><m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>`;
  const found = await service.ask(find('quarter.eml'));
  assert.deepEqual(below(found, 'ItemId').map((element) => findAttribute(element, 'Id')), [id]);
  assert.deepEqual(inOrder(found, [name]), ['Quarter.EML']);
  assert.equal(below(await service.ask(find('another.eml')), 'ItemId').length, 0);
});

test('0x3008 and 0x670a of a folder move on with every change of what is in it, as whole seconds too', async (t) => {
  const service = await openTestService(t);
  const uris = [tag('0x3008', 'SystemTime'), tag('0x670a', 'SystemTime')];
  const times = async (name: string): Promise<readonly (string | undefined)[]> => inOrder(await service.ask(`<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${uris.join('')}</t:AdditionalProperties></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="${name}"/></m:FolderIds></m:GetFolder>`), uris);
  let before = await times('inbox');
  const elsewhere = await times('drafts');
  const movesOn = async (what: string, change: Promise<unknown>): Promise<void> => {
    await change;
    const now = await times('inbox');
    for (const [index, time] of now.entries()) assert.ok(Date.parse(time ?? '') > Date.parse(before[index] ?? ''), `${what}: ${time} after ${before[index]}`);
    before = now;
  };
  const id = itemIdOf(await service.ask(message('one')));
  await movesOn('a new item', Promise.resolve());
  const update = (field: string, element: string): string => `<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AlwaysOverwrite"><m:ItemChanges><t:ItemChange>${idElement(id)}<t:Updates><t:SetItemField><t:FieldURI FieldURI="${field}"/><t:Message>${element}</t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`;
  await movesOn('a subject', service.ask(update('item:Subject', '<t:Subject>two</t:Subject>')));
  await movesOn('a read flag', service.ask(update('message:IsRead', '<t:IsRead>false</t:IsRead>')));
  await movesOn('an attachment', service.ask(`<m:CreateAttachment><m:ParentItemId Id="${id}"/><m:Attachments><t:FileAttachment><t:Name>n</t:Name><t:Content>YWJj</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>`));
  await movesOn('a deletion', service.ask(`<m:DeleteItem DeleteType="HardDelete"><m:ItemIds>${idElement(id)}</m:ItemIds></m:DeleteItem>`));
  assert.deepEqual(await times('drafts'), elsewhere);
});

test('a folder says its class by 0x3613', async (t) => {
  const service = await openTestService(t);
  const uris = [tag('0x3613', 'String')];
  const messages = await service.ask(`<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${uris.join('')}</t:AdditionalProperties></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>`);
  assert.deepEqual(inOrder(messages, uris), ['IPF.Appointment']);
});

test('the Appointment set tells place, times, busy status, whole days and series; instancetype tells what an item is', async (t) => {
  const service = await openTestService(t);
  const create = (more: string): string => `<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>x</t:Subject><t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End><t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location>Room</t:Location>${more}</t:CalendarItem></m:Items></m:CreateItem>`;
  const series = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-03-02</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
  const uris = [appointment(0x8208, 'String'), appointment(0x820d, 'SystemTime'), appointment(0x820e, 'SystemTime'), appointment(0x8205, 'Integer'), appointment(0x8215, 'Boolean'), appointment(0x8223, 'Boolean'), instanceType];
  const single = itemIdOf(await service.ask(create('')));
  assert.deepEqual(await valuesOf(service, idElement(single), uris), ['Room', '2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z', '3', 'false', 'false', '0']);
  const master = itemIdOf(await service.ask(create(series)));
  assert.deepEqual((await valuesOf(service, idElement(master), uris)).slice(5), ['true', '1']);
  const occurrence = `<t:OccurrenceItemId RecurringMasterId="${master}" InstanceIndex="2"/>`;
  assert.deepEqual(await valuesOf(service, occurrence, [instanceType, appointment(0x820d, 'SystemTime')]), ['2', '2026-03-03T09:00:00Z']);
});
