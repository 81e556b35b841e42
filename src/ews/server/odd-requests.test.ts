import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAttribute } from '../../xml/index.ts';
import { itemTypes } from '../codec/items/item-types.ts';
import { createMessage, descendants, idOf, openEwsFixture, textOf } from './ews-fixture.ts';
import type { EwsFixture } from './ews-fixture.ts';

// What clients do that is within the schema and out of the ordinary.

/** Every property of every kind of item, and as many MAPI names: more than gateways ask for at once. */
function everything(): string {
  const uris = new Set(Object.values(itemTypes).flatMap((properties) => [...properties].map(({ uri }) => uri).filter((uri) => /^[a-z]+:[A-Za-z]+$/i.test(uri) && uri !== 'item:ItemId')));
  const tags = Array.from({ length: 120 }, (_, index) => `<t:ExtendedFieldURI PropertyTag="0x${(0x3000 + index).toString(16)}" PropertyType="String"/>`);
  const named = Array.from({ length: 60 }, (_, index) => `<t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyId="${0x8200 + index}" PropertyType="Integer"/>`);
  const headers = ['Received', 'X-Mailer', 'List-Id'].map((name) => `<t:IndexedFieldURI FieldURI="item:InternetMessageHeader" FieldIndex="${name}"/>`);
  return [...[...uris].map((uri) => `<t:FieldURI FieldURI="${uri}"/>`), ...tags, ...named, ...headers].join('');
}

async function oneOfEach(fixture: EwsFixture): Promise<string[]> {
  const create = async (items: string): Promise<string> => {
    const { body, codes } = await fixture.ask(`<m:CreateItem MessageDisposition="SaveOnly" SendMeetingInvitations="SendToNone"><m:Items>${items}</m:Items></m:CreateItem>`);
    assert.deepEqual(codes, ['NoError'], items);
    return idOf(body);
  };
  return [
    await create('<t:Message><t:Subject>m</t:Subject><t:Body BodyType="HTML">&lt;p&gt;x&lt;/p&gt;</t:Body><t:Attachments><t:FileAttachment><t:Name>a.bin</t:Name><t:Content>AAEC</t:Content></t:FileAttachment></t:Attachments><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x6001" PropertyType="Binary"/><t:Value>/wA=</t:Value></t:ExtendedProperty></t:Message>'),
    await create(`<t:Message><t:MimeContent>${Buffer.from('From: a@b.c\r\nSubject: =?utf-8?q?gr=C3=BCn?=\r\nX-Mailer: q\r\n\r\nbody').toString('base64')}</t:MimeContent></t:Message>`),
    await create('<t:CalendarItem><t:Subject>c</t:Subject><t:Categories><t:String>red</t:String></t:Categories><t:Start>2026-11-23T09:00:00Z</t:Start><t:End>2026-11-23T10:00:00Z</t:End><t:Location>sea</t:Location><t:Recurrence><t:DailyRecurrence><t:Interval>2</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-11-23</t:StartDate><t:NumberOfOccurrences>5</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence></t:CalendarItem>'),
    await create('<t:Contact><t:DisplayName>Carl</t:DisplayName><t:GivenName>Carl</t:GivenName><t:EmailAddresses><t:Entry Key="EmailAddress1">carl@x.test</t:Entry></t:EmailAddresses><t:PhysicalAddresses><t:Entry Key="Home"><t:City>Ulm</t:City></t:Entry></t:PhysicalAddresses></t:Contact>'),
    await create('<t:Task><t:Subject>t</t:Subject><t:DueDate>2026-12-01T00:00:00Z</t:DueDate><t:PercentComplete>50</t:PercentComplete><t:Status>InProgress</t:Status></t:Task>'),
    await create('<t:DistributionList><t:DisplayName>list</t:DisplayName></t:DistributionList>'),
  ];
}

test('two hundred properties asked of every kind of item: those that do not apply are left out', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const asked = everything();
  assert.ok(asked.split('FieldURI=').length + asked.split('PropertyTag=').length + asked.split('PropertyId=').length > 200);
  for (const id of await oneOfEach(fixture)) {
    const { codes, body } = await fixture.ask(`<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent><t:AdditionalProperties>${asked}</t:AdditionalProperties></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`);
    assert.deepEqual(codes, ['NoError']);
    assert.equal(idOf(body), id);
  }
  for (const folder of ['drafts', 'calendar', 'contacts', 'tasks']) {
    const { codes } = await fixture.ask(`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:AdditionalProperties>${asked.replaceAll(/<t:FieldURI FieldURI="item:(?:MimeContent|Attachments|Body|TextBody|UniqueBody|NormalizedBody)"\/>/g, '')}</t:AdditionalProperties></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="${folder}"/></m:ParentFolderIds></m:FindItem>`);
    assert.deepEqual(codes, ['NoError'], folder);
  }
});

/** An item's answer without what a copy cannot have: ids, keys, times of the store and what follows from them. */
function comparable(xml: string): string {
  return xml.replaceAll(/<t:(?:ItemId|ParentFolderId|AttachmentId|ConversationId|InstanceKey|RecurringMasterItemId)\b[^>]*(?:\/>|>[^<]*<\/t:\w+>)/g, '').replaceAll(/<t:(DateTimeCreated|LastModifiedTime|Size|InstanceKey)>[^<]*<\/t:\1>/g, '').replaceAll(/(RootItemId|RootItemChangeKey|ChangeKey|Id)="[^"]*"/g, '');
}

test('every kind of item is exported and uploaded again with all that it has', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  for (const id of await oneOfEach(fixture)) {
    const get = async (which: string): Promise<string> => {
      const answer = await fixture.post(`<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Body"/><t:ExtendedFieldURI PropertyTag="0x6001" PropertyType="Binary"/></t:AdditionalProperties></m:ItemShape><m:ItemIds><t:ItemId Id="${which}"/></m:ItemIds></m:GetItem>`);
      const text = answer.body.toString();
      assert.ok(text.includes('NoError'));
      return text.slice(text.indexOf('<m:Items>'));
    };
    const exported = await fixture.ask(`<m:ExportItems><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:ExportItems>`);
    const parent = await fixture.ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:ParentFolderId"/></t:AdditionalProperties></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`);
    const uploaded = await fixture.ask(`<m:UploadItems><m:Items><t:Item CreateAction="CreateNew"><t:ParentFolderId Id="${idOf(parent.body, 'ParentFolderId')}"/><t:Data>${textOf(exported.body, 'Data')}</t:Data></t:Item></m:Items></m:UploadItems>`);
    assert.deepEqual(uploaded.codes, ['NoError']);
    const before = await get(id);
    assert.equal(comparable(await get(idOf(uploaded.body))), comparable(before), 'the copy is as the original');
  }
});

test('a view shows up to 5,000 happenings, sorted, and says so when there are more', { timeout: 120_000 }, async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const start = Date.UTC(2026, 0, 1);
  const day = 86_400_000;
  await fixture.organization.calendars.putAll(
    fixture.people.bert.guid,
    Array.from({ length: 50 }, (_, index) => ({ uid: `s${index}`, subject: `s${index}`, start: start + index * 900_000, end: start + index * 900_000 + 3_600_000, timeZone: 'UTC', location: '', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: false, isReminderSet: false, recurrence: { pattern: { type: 'Daily', interval: 1 }, range: { type: 'NoEnd', startDate: start } } })),
  );
  const view = (days: number, more = '') => fixture.post(`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="calendar:Start"/></t:AdditionalProperties></m:ItemShape><m:CalendarView ${more} StartDate="${new Date(start).toISOString()}" EndDate="${new Date(start + days * day).toISOString()}"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>`);
  const text = (await view(100)).body.toString();
  const starts = [...text.matchAll(/<t:Start>([^<]*)</g)].map(([, found]) => found ?? '');
  assert.equal(starts.length, 5_000);
  assert.deepEqual(starts, starts.toSorted());
  assert.equal(new Set([...text.matchAll(/ItemId Id="([^"]*)"/g)].map(([, id]) => id)).size, 5_000);
  assert.match((await view(101)).body.toString(), /ErrorExceededFindCountLimit/);
  const page = (await view(100, 'MaxEntriesReturned="10"')).body.toString();
  assert.equal(page.split('<t:Start>').length - 1, 10);
  assert.match(page, /TotalItemsInView="5000" IncludesLastItemInRange="false"/);
});

test('the id of another mailbox opens nothing, however it is written', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const id = await createMessage(fixture, 'private');
  for (const format of ['HexEntryId', 'OwaId', 'EntryId']) {
    const { body } = await fixture.ask(`<m:ConvertId DestinationFormat="${format}"><m:SourceIds><t:AlternateId Format="EwsId" Id="${id}" Mailbox="anna@contoso.test"/></m:SourceIds></m:ConvertId>`, { as: 'anna' });
    const [found] = descendants(body, 'AlternateId');
    const converted = (found && findAttribute(found, 'Id')) ?? '';
    const { codes } = await fixture.ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${converted}"/></m:ItemIds></m:GetItem>`, { as: 'anna' });
    assert.notEqual(codes[0], 'NoError');
  }
});

test('a folder whose name or permissions cannot be is refused, and not made', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const create = (name: string, permissions = ''): ReturnType<EwsFixture['ask']> => fixture.ask(`<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>${name}</t:DisplayName>${permissions}</t:Folder></m:Folders></m:CreateFolder>`);
  const anna = '<t:Permission><t:UserId><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:UserId><t:PermissionLevel>Reviewer</t:PermissionLevel></t:Permission>';
  assert.deepEqual((await create('x'.repeat(256))).codes, ['ErrorFolderSave']);
  assert.deepEqual((await create('twice', `<t:PermissionSet><t:Permissions>${anna}${anna}</t:Permissions></t:PermissionSet>`)).codes, ['ErrorInvalidPermissionSettings']);
  const found = await fixture.ask('<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindFolder>');
  assert.equal(descendants(found.body, 'Folder').length, 0);
});
