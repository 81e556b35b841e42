import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAttribute } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { below, codeOf, itemIdOf, openTestService } from './service-fixture.ts';
import type { TestService } from './service-fixture.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const file = (name: string): string => `<t:FileAttachment><t:Name>${name}</t:Name><t:Content>${base64(`content of ${name}`)}</t:Content></t:FileAttachment>`;
const idIn = (elements: readonly XmlElement[], local: string, attribute = 'Id'): string => {
  const [element] = below(elements, local);
  assert.ok(element !== undefined, local);
  return findAttribute(element, attribute) ?? '';
};
const getItem = (named: string, more = ''): string => `<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape>${more}</m:ItemShape><m:ItemIds>${named}</m:ItemIds></m:GetItem>`;
const getAttachment = (id: string, shape = ''): string => `<m:GetAttachment>${shape === '' ? '' : `<m:AttachmentShape>${shape}</m:AttachmentShape>`}<m:AttachmentIds><t:AttachmentId Id="${id}"/></m:AttachmentIds></m:GetAttachment>`;
const remove = (id: string): string => `<m:DeleteAttachment><m:AttachmentIds><t:AttachmentId Id="${id}"/></m:AttachmentIds></m:DeleteAttachment>`;
const attach = (to: string, what: string): string => `<m:CreateAttachment><m:ParentItemId Id="${to}"/><m:Attachments>${what}</m:Attachments></m:CreateAttachment>`;

/** Names of what is attached, their ids, and what the item says of it. */
async function shown(service: TestService, named: string): Promise<{ names: string[]; ids: string[]; has: string | undefined; id: string; changeKey: string }> {
  const messages = await service.ask(getItem(named));
  const attachments = [...below(messages, 'FileAttachment'), ...below(messages, 'ItemAttachment')];
  return {
    names: attachments.map((one) => below([one], 'Name')[0]?.text ?? ''),
    ids: attachments.map((one) => idIn([one], 'AttachmentId')),
    has: below(messages, 'HasAttachments')[0]?.text,
    id: itemIdOf(messages),
    changeKey: idIn(messages, 'ItemId', 'ChangeKey'),
  };
}

async function createSeries(service: TestService, attachments = file('agenda')): Promise<{ master: string; occurrence: (index: number) => string }> {
  const recurrence = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-03-02</t:StartDate><t:NumberOfOccurrences>4</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
  const master = itemIdOf(await service.ask(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>daily</t:Subject>${attachments === '' ? '' : `<t:Attachments>${attachments}</t:Attachments>`}<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>${recurrence}</t:CalendarItem></m:Items></m:CreateItem>`));
  return { master, occurrence: (index) => `<t:OccurrenceItemId RecurringMasterId="${master}" InstanceIndex="${index}"/>` };
}

test('an exception has attachments of its own, which its series and its other occurrences do not show', async (t) => {
  const service = await openTestService(t);
  const { master, occurrence } = await createSeries(service);
  const whole = `<t:ItemId Id="${master}"/>`;
  const before = await shown(service, occurrence(2));
  assert.deepEqual([before.names, before.has], [['agenda'], 'true']);
  const added = await service.ask(attach(before.id, file('minutes')));
  assert.deepEqual([idIn(added, 'AttachmentId', 'RootItemId'), idIn(added, 'AttachmentId', 'RootItemChangeKey')], [before.id, (await shown(service, occurrence(2))).changeKey]);
  assert.notEqual((await shown(service, occurrence(2))).changeKey, before.changeKey);
  const after = await shown(service, occurrence(2));
  assert.deepEqual([after.names, after.has], [['agenda', 'minutes'], 'true']);
  for (const named of [whole, occurrence(1), occurrence(3)]) assert.deepEqual((await shown(service, named)).names, ['agenda']);
  for (const [index, name] of ['agenda', 'minutes'].entries()) {
    assert.equal(Buffer.from(below(await service.ask(getAttachment(after.ids[index] ?? '')), 'Content')[0]?.text ?? '', 'base64').toString(), `content of ${name}`);
  }
  assert.equal(below(await service.ask(getItem(occurrence(2), '<t:AdditionalProperties><t:FieldURI FieldURI="calendar:CalendarItemType"/></t:AdditionalProperties>')), 'CalendarItemType')[0]?.text, 'Exception');

  // The id that the occurrence gave before it had its own names nothing any more; one of the series stays.
  assert.equal(codeOf((await service.attempt(getAttachment(before.ids[0] ?? '')))[0]), 'ErrorItemNotFound');
  assert.equal(codeOf((await service.attempt(getAttachment((await shown(service, whole)).ids[0] ?? '')))[0]), 'NoError');
});

test('what an occurrence shows is deleted from that occurrence only', async (t) => {
  const service = await openTestService(t);
  const { master, occurrence } = await createSeries(service);
  const third = await shown(service, occurrence(3));
  const gone = await service.ask(remove(third.ids[0] ?? ''));
  assert.equal(idIn(gone, 'RootItemId', 'RootItemId'), third.id);
  const view = await service.ask('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:HasAttachments"/></t:AdditionalProperties></m:ItemShape><m:CalendarView StartDate="2026-03-01T00:00:00Z" EndDate="2026-04-01T00:00:00Z"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>');
  assert.deepEqual(below(view, 'HasAttachments').map(({ text }) => text), ['true', 'true', 'false', 'true']);
  assert.deepEqual((await shown(service, occurrence(3))).names, []);
  assert.deepEqual((await shown(service, `<t:ItemId Id="${master}"/>`)).names, ['agenda']);

  const [own = ''] = (await shown(service, `<t:ItemId Id="${master}"/>`)).ids;
  await service.ask(remove(own));
  assert.deepEqual([(await shown(service, occurrence(1))).names, (await shown(service, occurrence(1))).has], [[], 'false']);
});

test('attachments of exceptions go with copies and exports, and with their exception', async (t) => {
  const service = await openTestService(t);
  const { master, occurrence } = await createSeries(service, '');
  const mailbox = service.organization.mailboxes.of(service.bert.guid);
  const size = async (): Promise<unknown> => (await mailbox.items.get(master)).properties['item:Size'];
  await service.ask(attach((await shown(service, occurrence(2))).id, `<t:ItemAttachment><t:Name>task</t:Name><t:Task><t:Subject>do it</t:Subject><t:Attachments>${file('inside')}</t:Attachments></t:Task></t:ItemAttachment>`));
  await service.ask(attach((await shown(service, occurrence(3))).id, file('three')));
  assert.equal((await shown(service, `<t:ItemId Id="${master}"/>`)).has, 'false');
  const large = await size();
  const folder = await mailbox.folders.distinguished('calendar');
  const copied = itemIdOf(await service.ask(`<m:CopyItem><m:ToFolderId><t:DistinguishedFolderId Id="deleteditems"/></m:ToFolderId><m:ItemIds><t:ItemId Id="${master}"/></m:ItemIds></m:CopyItem>`));
  const exported = below(await service.ask(`<m:ExportItems><m:ItemIds><t:ItemId Id="${master}"/></m:ItemIds></m:ExportItems>`), 'Data')[0]?.text ?? '';
  const uploaded = itemIdOf(await service.ask(`<m:UploadItems><m:Items><t:Item CreateAction="CreateNew"><t:ParentFolderId Id="${folder.id}"/><t:Data>${exported}</t:Data></t:Item></m:Items></m:UploadItems>`));
  for (const id of [copied, uploaded]) {
    const second = await shown(service, `<t:OccurrenceItemId RecurringMasterId="${id}" InstanceIndex="2"/>`);
    assert.deepEqual([second.names, second.has], [['task'], 'true']);
    const inside = below(await service.ask(getAttachment(second.ids[0] ?? '')), 'FileAttachment');
    assert.equal(Buffer.from(below(await service.ask(getAttachment(idIn(inside, 'AttachmentId'))), 'Content')[0]?.text ?? '', 'base64').toString(), 'content of inside');
    assert.deepEqual((await shown(service, `<t:OccurrenceItemId RecurringMasterId="${id}" InstanceIndex="3"/>`)).names, ['three']);
    assert.deepEqual((await shown(service, `<t:ItemId Id="${id}"/>`)).names, []);
  }

  const second = await shown(service, occurrence(2));
  await service.ask(`<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"><m:ItemIds>${occurrence(2)}</m:ItemIds></m:DeleteItem>`);
  assert.equal(codeOf((await service.attempt(getAttachment(second.ids[0] ?? '')))[0]), 'ErrorItemNotFound');
  assert.deepEqual((await shown(service, occurrence(3))).names, ['three']);
  await service.ask(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange><t:ItemId Id="${master}"/><t:Updates><t:DeleteItemField><t:FieldURI FieldURI="calendar:Recurrence"/></t:DeleteItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  assert.ok(Number(await size()) < Number(large) - 500, `${String(large)} ${String(await size())}`);
  assert.deepEqual(await mailbox.items.attachments(master), []);
});

test('what is attached to attached items has ids, as deep as it goes', async (t) => {
  const service = await openTestService(t);
  // From properties, and the same as MIME content, which the first gives.
  const innermost = `<t:ItemAttachment><t:Name>deep</t:Name><t:Contact><t:Attachments>${file('b.txt')}</t:Attachments><t:GivenName>Carla</t:GivenName></t:Contact></t:ItemAttachment>`;
  const attached = `<t:ItemAttachment><t:Name>outer</t:Name><t:Message><t:Subject>middle</t:Subject><t:Attachments>${file('a.txt')}${innermost}</t:Attachments><t:Categories><t:String>red</t:String></t:Categories></t:Message></t:ItemAttachment>`;
  const made = itemIdOf(await service.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>top</t:Subject><t:Attachments>${attached}</t:Attachments></t:Message></m:Items></m:CreateItem>`));
  const mime = below(await service.ask(getItem(`<t:ItemId Id="${made}"/>`, '<t:IncludeMimeContent>true</t:IncludeMimeContent>')), 'MimeContent')[0]?.text ?? '';
  const kept = itemIdOf(await service.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:MimeContent>${mime}</t:MimeContent></t:Message></m:Items></m:CreateItem>`));
  for (const id of [made, kept]) {
    const { ids } = await shown(service, `<t:ItemId Id="${id}"/>`);
    const middle = await service.ask(getAttachment(ids[0] ?? '', '<t:IncludeMimeContent>true</t:IncludeMimeContent>'));
    assert.equal(below(middle, 'Subject')[0]?.text, 'middle');
    assert.equal(below(middle, 'String')[0]?.text, id === made ? 'red' : undefined);
    assert.match(Buffer.from(below(middle, 'MimeContent')[0]?.text ?? '', 'base64').toString(), /^Subject: middle/m);
    const inMiddle = below(middle, 'Attachments').at(-1)?.children ?? [];
    assert.deepEqual(inMiddle.map((one) => below([one], 'Name')[0]?.text.replace('.eml', '')), ['a.txt', 'deep']);
    const deep = await service.ask(getAttachment(idIn(inMiddle.slice(1), 'AttachmentId')));
    const content = below(await service.ask(getAttachment(idIn(below(deep, 'FileAttachment'), 'AttachmentId'))), 'Content')[0]?.text ?? '';
    assert.equal(Buffer.from(content, 'base64').toString(), 'content of b.txt');
    assert.equal(codeOf((await service.attempt(remove(idIn(below(deep, 'FileAttachment'), 'AttachmentId'))))[0]), 'ErrorCannotDeleteObject');
    await service.ask(remove(ids[0] ?? ''));
    assert.equal(codeOf((await service.attempt(getAttachment(idIn(inMiddle, 'AttachmentId'))))[0]), 'ErrorItemNotFound');
  }
  const nested = (depth: number): string => (depth === 0 ? file('last') : `<t:ItemAttachment><t:Name>n</t:Name><t:Message><t:Attachments>${nested(depth - 1)}</t:Attachments></t:Message></t:ItemAttachment>`);
  await service.ask(attach(made, nested(9)));
  assert.equal(codeOf((await service.attempt(attach(made, nested(11))))[0]), 'ErrorAttachmentNestLevelLimitExceeded');
});

test('nobody reaches through a mangled id, nor to what another occurrence has', async (t) => {
  const service = await openTestService(t);
  const { occurrence } = await createSeries(service, '');
  const added = idIn(await service.ask(attach((await shown(service, occurrence(2))).id, file('two'))), 'AttachmentId');
  await service.ask(attach((await shown(service, occurrence(3))).id, file('three')));
  const bytes = Buffer.from(added, 'base64');
  for (let at = 0; at < bytes.length; at++) {
    const mangled = Buffer.from(bytes);
    mangled[at] = (mangled[at] ?? 0) ^ 1;
    const code = codeOf((await service.attempt(getAttachment(mangled.toString('base64'))))[0]);
    assert.ok(code === 'ErrorInvalidAttachmentId' || code === 'ErrorItemNotFound', `${at}: ${code}`);
  }
  assert.equal(codeOf((await service.attempt(getAttachment(added), service.anna))[0]), 'ErrorAccessDenied');
});
