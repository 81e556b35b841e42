import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { array, assert as check, asyncProperty, constantFrom, nat, oneof, record, string, tuple } from 'fast-check';
import { createLog, systemClock, systemDial } from '../../../foundation/index.ts';
import { openOrganization } from '../../../organization/index.ts';
import type { Organization, Recipient } from '../../../organization/index.ts';
import { createTransport } from '../../../transport/index.ts';
import type { Transport } from '../../../transport/index.ts';
import { findAttribute, findChild, parseXml, readSoapEnvelope } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { messagesNamespace, typesNamespace } from '../../codec/namespaces.ts';
import { createEwsService } from '../ews-service.ts';
import type { EwsService, SoapAnswer } from '../ews-service.ts';
import { mailboxOperations } from './mailbox-operations.ts';

const context = { requestId: 'request-0001', signal: new AbortController().signal };
const serverVersion = { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1544, minorBuildNumber: 4, version: 'V2017_07_11' };

let organization: Organization;
let bert: Recipient;
let anna: Recipient;
let service: EwsService;
let transport: Transport;
const failures: string[] = [];

before(async () => {
  organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  const add = (name: string) => organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
  [bert, anna] = [await add('bert'), await add('anna')];
  const log = createLog('test', { level: 'error', destination: { write: (line) => void failures.push(line) } });
  transport = createTransport({ organization, side: 'OnPremises', serverName: 'ex1.contoso.test', dial: systemDial, clock: systemClock, log });
  service = createEwsService({
    lookUpFreeBusy: () => Promise.reject(new Error('not asked for here')),
    serverVersion,
    log,
    mailboxes: { directory: organization.directory, mailboxes: organization.mailboxes, mayImpersonate: (account) => Promise.resolve(account.guid === anna.guid), mail: transport, clock: systemClock, log },
  });
});
after(async () => {
  await transport.close();
  await organization.close();
});

const envelope = (body: string, header = '<t:RequestServerVersion Version="Exchange2016"/>'): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="${messagesNamespace}" xmlns:t="${typesNamespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

async function ask(body: string, who: Recipient = bert, header?: string): Promise<{ status: number; body: XmlElement; header: readonly XmlElement[] }> {
  const answer = await service.handle({ body: Buffer.from(envelope(body, header)), requester: { recipient: who, origin: 'local' }, context });
  const read = readSoapEnvelope(parseXml(await wholeOf(answer)));
  const [element] = read.body;
  assert.ok(element !== undefined);
  return { status: answer.status, body: element, header: read.header };
}

/** The answer; of a stream its first envelope. */
async function wholeOf({ body, stream }: SoapAnswer): Promise<Uint8Array> {
  for await (const piece of stream ?? []) return piece;
  return body;
}

const messagesOf = (answer: { body: XmlElement }): readonly XmlElement[] => answer.body.children[0]?.children ?? [];
const codeOf = (message: XmlElement | undefined): string | undefined => (message === undefined ? undefined : findChild(message, messagesNamespace, 'ResponseCode')?.text);

function descendants(element: XmlElement, local: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.local === local ? [child] : []), ...descendants(child, local)]);
}

async function createMessage(subject: string, who: Recipient = bert): Promise<string> {
  const answer = await ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>${subject}</t:Subject><t:Body BodyType="Text">text</t:Body></t:Message></m:Items></m:CreateItem>`, who);
  assert.equal(codeOf(messagesOf(answer)[0]), 'NoError', JSON.stringify(messagesOf(answer)[0]?.children.map(({ text }) => text)));
  const [id] = descendants(answer.body, 'ItemId');
  return (id && findAttribute(id, 'Id')) ?? '';
}

test('as many response messages as requests, errors among them, and ServerVersionInfo always', async () => {
  const id = await createMessage('counted');
  const answer = await ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="nonsense"/><t:ItemId Id="${id}"/><t:ItemId Id=""/></m:ItemIds></m:GetItem>`);
  assert.equal(answer.status, 200);
  assert.deepEqual(messagesOf(answer).map(codeOf), ['ErrorInvalidIdMalformed', 'NoError', 'ErrorInvalidIdEmpty']);
  assert.equal(answer.header[0]?.local, 'ServerVersionInfo');
});

test('elements come in the order of the schema, and properties that do not apply are left out', async () => {
  const id = await createMessage('ordered');
  const paths = ['message:IsRead', 'item:Subject', 'calendar:Start', 'contacts:FileAs', 'item:Size', 'item:ItemClass'].map((uri) => `<t:FieldURI FieldURI="${uri}"/>`).join('');
  const answer = await ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${paths}<t:ExtendedFieldURI PropertyTag="0x0e23" PropertyType="Integer"/></t:AdditionalProperties></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`);
  const [message] = descendants(answer.body, 'Message');
  assert.deepEqual(message?.children.map(({ local }) => local), ['ItemId', 'ItemClass', 'Subject', 'Size', 'ExtendedProperty', 'IsRead']);
});

test('nobody reads or changes the mailbox of another without a right to', async () => {
  const id = await createMessage('private');
  const item = `<m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds>`;
  const refused = [
    `<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>${item}</m:GetItem>`,
    `<m:DeleteItem DeleteType="HardDelete">${item}</m:DeleteItem>`,
    `<m:ExportItems>${item}</m:ExportItems>`,
    `<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="inbox"/></m:ToFolderId>${item}</m:MoveItem>`,
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="drafts"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:ParentFolderIds></m:FindItem>',
    '<m:EmptyFolder DeleteType="HardDelete" DeleteSubFolders="true"><m:FolderIds><t:DistinguishedFolderId Id="drafts"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:FolderIds></m:EmptyFolder>',
  ];
  for (const request of refused) assert.equal(codeOf(messagesOf(await ask(request, anna))[0]), 'ErrorAccessDenied', request);
  assert.equal(codeOf(messagesOf(await ask(refused[0] ?? ''))[0]), 'NoError');
});

test('impersonation needs the role, and reaches the mailbox of the user', async () => {
  const header = '<t:RequestServerVersion Version="Exchange2016"/><t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>bert@contoso.test</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>';
  const id = await createMessage('impersonated');
  const request = `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`;
  assert.equal(codeOf(messagesOf(await ask(request, anna, header))[0]), 'NoError');
  const refused = await ask(request, bert, header.replace('bert', 'anna'));
  assert.equal(refused.status, 500);
  assert.equal(descendants(refused.body, 'ResponseCode')[0]?.text, 'ErrorImpersonateUserDenied');
});

test('a folder permission opens a folder to a person', async () => {
  const drafts = '<t:DistinguishedFolderId Id="notes"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>';
  const find = `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`;
  assert.equal(codeOf(messagesOf(await ask(find, anna))[0]), 'ErrorAccessDenied');
  const grant = `<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="notes"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:Folder><t:PermissionSet><t:Permissions><t:Permission><t:UserId><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:UserId><t:PermissionLevel>Reviewer</t:PermissionLevel></t:Permission></t:Permissions></t:PermissionSet></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`;
  assert.equal(codeOf(messagesOf(await ask(grant))[0]), 'NoError');
  assert.equal(codeOf(messagesOf(await ask(find, anna))[0]), 'NoError');
  const empty = `<m:EmptyFolder DeleteType="HardDelete" DeleteSubFolders="false"><m:FolderIds>${drafts}</m:FolderIds></m:EmptyFolder>`;
  assert.equal(codeOf(messagesOf(await ask(empty, anna))[0]), 'ErrorAccessDenied');
});

test('conflicts are told by change key', async () => {
  const id = await createMessage('first');
  const update = (subject: string, changeKey: string, how: string): string =>
    `<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="${how}"><m:ItemChanges><t:ItemChange><t:ItemId Id="${id}" ChangeKey="${changeKey}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:Message><t:Subject>${subject}</t:Subject></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`;
  const got = await ask(`<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`);
  const [found] = descendants(got.body, 'ItemId');
  const key = (found && findAttribute(found, 'ChangeKey')) ?? '';
  assert.equal(codeOf(messagesOf(await ask(update('second', key, 'NeverOverwrite')))[0]), 'NoError');
  assert.equal(codeOf(messagesOf(await ask(update('third', key, 'NeverOverwrite')))[0]), 'ErrorIrresolvableConflict');
  assert.equal(codeOf(messagesOf(await ask(update('fourth', key, 'AlwaysOverwrite')))[0]), 'NoError');
});

test('what a server of another kind exported is refused', async () => {
  const folder = await organization.mailboxes.of(bert.guid).folders.distinguished('inbox');
  const answer = await ask(`<m:UploadItems><m:Items><t:Item CreateAction="CreateNew"><t:ParentFolderId Id="${folder.id}"/><t:Data>${Buffer.from('AQAAAAgAAAA').toString('base64')}</t:Data></t:Item></m:Items></m:UploadItems>`);
  assert.equal(codeOf(messagesOf(answer)[0]), 'ErrorCorruptData');
});

const drafts = '<t:DistinguishedFolderId Id="drafts"/>';
const shape = '<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent><t:BodyType>Text</t:BodyType><t:AdditionalProperties><t:FieldURI FieldURI="item:Preview"/><t:IndexedFieldURI FieldURI="contacts:EmailAddress" FieldIndex="EmailAddress1"/><t:ExtendedFieldURI PropertySetId="00062002-0000-0000-c000-000000000046" PropertyId="33285" PropertyType="Integer"/></t:AdditionalProperties></m:ItemShape>';
const recurrence = '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Tuesday Friday</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2026-10-20</t:StartDate><t:NumberOfOccurrences>9</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';

/** One request of each operation, which the fuzzer changes. `ITEM`, `EVENT`, `FOLDER` and `FILE` stand for ids. */
const samples: Readonly<Record<string, string>> = {
  GetFolder: `<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:PermissionSet"/></t:AdditionalProperties></m:FolderShape><m:FolderIds>${drafts}<t:FolderId Id="FOLDER"/></m:FolderIds></m:GetFolder>`,
  FindFolder: '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:IndexedPageFolderView MaxEntriesReturned="5" Offset="1" BasePoint="Beginning"/><m:Restriction><t:Not><t:Exists><t:FieldURI FieldURI="folder:DisplayName"/></t:Exists></t:Not></m:Restriction><m:ParentFolderIds><t:DistinguishedFolderId Id="root"/></m:ParentFolderIds></m:FindFolder>',
  CreateFolder: '<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderId><m:Folders><t:Folder><t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>x</t:DisplayName><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x3613" PropertyType="String"/><t:Value>IPF.Note</t:Value></t:ExtendedProperty></t:Folder></m:Folders></m:CreateFolder>',
  UpdateFolder: '<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:FolderId Id="FOLDER"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder><t:DisplayName>y</t:DisplayName></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>',
  DeleteFolder: '<m:DeleteFolder DeleteType="SoftDelete"><m:FolderIds><t:FolderId Id="FOLDER"/></m:FolderIds></m:DeleteFolder>',
  MoveFolder: '<m:MoveFolder><m:ToFolderId><t:DistinguishedFolderId Id="inbox"/></m:ToFolderId><m:FolderIds><t:FolderId Id="FOLDER"/></m:FolderIds></m:MoveFolder>',
  CopyFolder: '<m:CopyFolder><m:ToFolderId><t:DistinguishedFolderId Id="inbox"/></m:ToFolderId><m:FolderIds><t:FolderId Id="FOLDER"/></m:FolderIds></m:CopyFolder>',
  EmptyFolder: '<m:EmptyFolder DeleteType="HardDelete" DeleteSubFolders="false"><m:FolderIds><t:FolderId Id="FOLDER"/></m:FolderIds></m:EmptyFolder>',
  SyncFolderHierarchy: '<m:SyncFolderHierarchy><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:SyncState>H4sIAAA=</m:SyncState></m:SyncFolderHierarchy>',
  CreateItem: `<m:CreateItem MessageDisposition="SendAndSaveCopy" SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>e</t:Subject><t:Body BodyType="HTML">&lt;p&gt;x</t:Body><t:Attachments><t:FileAttachment><t:Name>a</t:Name><t:Content>YQ==</t:Content></t:FileAttachment><t:ItemAttachment><t:Name>i</t:Name><t:Message><t:Subject>in</t:Subject></t:Message></t:ItemAttachment></t:Attachments><t:ExtendedProperty><t:ExtendedFieldURI PropertySetId="00020329-0000-0000-c000-000000000046" PropertyName="n" PropertyType="StringArray"/><t:Values><t:Value>1</t:Value></t:Values></t:ExtendedProperty><t:Start>2026-10-20T09:00:00</t:Start><t:End>2026-10-20T10:00:00</t:End><t:IsAllDayEvent>0</t:IsAllDayEvent><t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees>${recurrence}<t:MeetingTimeZone TimeZoneName="W. Europe Standard Time"/></t:CalendarItem><t:Message><t:ItemClass>IPM.Note</t:ItemClass><t:Subject>m</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message><t:Contact><t:FileAsMapping>LastCommaFirst</t:FileAsMapping><t:GivenName>G</t:GivenName><t:EmailAddresses><t:Entry Key="EmailAddress1">a@b.c</t:Entry></t:EmailAddresses><t:PhysicalAddresses><t:Entry Key="Home"><t:City>U</t:City></t:Entry></t:PhysicalAddresses><t:Birthday>1980-01-01T00:00:00Z</t:Birthday></t:Contact><t:Task><t:Subject>t</t:Subject><t:PercentComplete>50</t:PercentComplete></t:Task></m:Items></m:CreateItem>`,
  Response: '<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:ReplyAllToItem><t:ReferenceItemId Id="ITEM"/><t:NewBodyContent BodyType="Text">r</t:NewBodyContent></t:ReplyAllToItem><t:AcceptItem><t:ReferenceItemId Id="EVENT"/></t:AcceptItem></m:Items></m:CreateItem>',
  Mime: `<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:MimeContent CharacterSet="UTF-8">${Buffer.from('From: a@b.c\r\nSubject: s\r\n\r\nbody').toString('base64')}</t:MimeContent></t:Message></m:Items></m:CreateItem>`,
  GetItem: `<m:GetItem>${shape}<m:ItemIds><t:ItemId Id="ITEM"/><t:ItemId Id="EVENT"/><t:OccurrenceItemId RecurringMasterId="EVENT" InstanceIndex="2"/><t:RecurringMasterItemId OccurrenceId="EVENT"/></m:ItemIds></m:GetItem>`,
  FindItem: `<m:FindItem Traversal="Shallow">${shape}<m:IndexedPageItemView MaxEntriesReturned="5" Offset="1" BasePoint="End"/><m:Restriction><t:And><t:IsGreaterThan><t:FieldURI FieldURI="item:DateTimeReceived"/><t:FieldURIOrConstant><t:Constant Value="2020-01-01T00:00:00Z"/></t:FieldURIOrConstant></t:IsGreaterThan><t:Or><t:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase"><t:FieldURI FieldURI="item:Subject"/><t:Constant Value="x"/></t:Contains><t:Excludes><t:ExtendedFieldURI PropertyTag="3591" PropertyType="Integer"/><t:Bitmask Value="0x1"/></t:Excludes></t:Or></t:And></m:Restriction><m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="item:Subject"/></t:FieldOrder></m:SortOrder><m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`,
  CalendarView: '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:CalendarView MaxEntriesReturned="50" StartDate="2026-10-01T00:00:00Z" EndDate="2026-12-01T00:00:00Z"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>',
  Query: `<m:FindItem Traversal="Associated"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:FractionalPageItemView MaxEntriesReturned="3" Numerator="1" Denominator="2"/><m:ParentFolderIds>${drafts}</m:ParentFolderIds><m:QueryString>subject:"a b" OR c</m:QueryString></m:FindItem>`,
  Seek: `<m:FindItem Traversal="Shallow">${shape}<m:SeekToConditionPageItemView MaxEntriesReturned="5" BasePoint="End"><t:Condition><t:IsEqualTo><t:FieldURI FieldURI="item:Subject"/><t:FieldURIOrConstant><t:Constant Value="x"/></t:FieldURIOrConstant></t:IsEqualTo></t:Condition></m:SeekToConditionPageItemView><m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`,
  Groups: `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:GroupBy Order="Ascending"><t:FieldURI FieldURI="item:Subject"/><t:AggregateOn Aggregate="Maximum"><t:FieldURI FieldURI="item:DateTimeReceived"/></t:AggregateOn></m:GroupBy><m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`,
  Conversations: `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:DistinguishedGroupBy Order="Descending"><t:StandardGroupBy>ConversationTopic</t:StandardGroupBy></m:DistinguishedGroupBy><m:ParentFolderIds>${drafts}</m:ParentFolderIds></m:FindItem>`,
  UpdateItem: `<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AutoResolve" SendMeetingInvitationsOrCancellations="SendToChangedAndSaveCopy"><m:ItemChanges><t:ItemChange><t:ItemId Id="EVENT"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="calendar:Recurrence"/><t:CalendarItem>${recurrence}</t:CalendarItem></t:SetItemField><t:DeleteItemField><t:FieldURI FieldURI="calendar:Location"/></t:DeleteItemField><t:SetItemField><t:FieldURI FieldURI="calendar:Start"/><t:CalendarItem><t:Start>2026-10-20T11:00:00Z</t:Start></t:CalendarItem></t:SetItemField></t:Updates></t:ItemChange><t:ItemChange><t:ItemId Id="ITEM"/><t:Updates><t:AppendToItemField><t:FieldURI FieldURI="item:Body"/><t:Message><t:Body BodyType="Text">more</t:Body></t:Message></t:AppendToItemField></t:Updates></t:ItemChange><t:ItemChange><t:OccurrenceItemId RecurringMasterId="EVENT" InstanceIndex="3"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:CalendarItem><t:Subject>o</t:Subject></t:CalendarItem></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
  DeleteItem: '<m:DeleteItem DeleteType="MoveToDeletedItems" SendMeetingCancellations="SendToNone"><m:ItemIds><t:ItemId Id="ITEM"/><t:OccurrenceItemId RecurringMasterId="EVENT" InstanceIndex="1"/></m:ItemIds></m:DeleteItem>',
  MoveItem: '<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="inbox"/></m:ToFolderId><m:ItemIds><t:ItemId Id="ITEM"/></m:ItemIds><m:ReturnNewItemIds>true</m:ReturnNewItemIds></m:MoveItem>',
  CopyItem: `<m:CopyItem><m:ToFolderId>${drafts}</m:ToFolderId><m:ItemIds><t:ItemId Id="ITEM"/></m:ItemIds></m:CopyItem>`,
  SendItem: '<m:SendItem SaveItemToFolder="true"><m:ItemIds><t:ItemId Id="ITEM"/></m:ItemIds></m:SendItem>',
  MarkAllItemsAsRead: `<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag><m:SuppressReadReceipts>1</m:SuppressReadReceipts><m:FolderIds>${drafts}</m:FolderIds></m:MarkAllItemsAsRead>`,
  SyncFolderItems: `<m:SyncFolderItems>${shape}<m:SyncFolderId>${drafts}</m:SyncFolderId><m:SyncState/><m:Ignore><t:ItemId Id="ITEM"/></m:Ignore><m:MaxChangesReturned>3</m:MaxChangesReturned><m:SyncScope>NormalAndAssociatedItems</m:SyncScope></m:SyncFolderItems>`,
  CreateAttachment: '<m:CreateAttachment><m:ParentItemId Id="ITEM"/><m:Attachments><t:FileAttachment><t:Name>n</t:Name><t:ContentType>text/plain</t:ContentType><t:IsInline>0</t:IsInline><t:Content>YWJj</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>',
  GetAttachment: '<m:GetAttachment><m:AttachmentShape><t:IncludeMimeContent>false</t:IncludeMimeContent></m:AttachmentShape><m:AttachmentIds><t:AttachmentId Id="FILE"/></m:AttachmentIds></m:GetAttachment>',
  DeleteAttachment: '<m:DeleteAttachment><m:AttachmentIds><t:AttachmentId Id="FILE"/></m:AttachmentIds></m:DeleteAttachment>',
  ExportItems: '<m:ExportItems><m:ItemIds><t:ItemId Id="ITEM"/><t:ItemId Id="EVENT"/></m:ItemIds></m:ExportItems>',
  UploadItems: `<m:UploadItems><m:Items><t:Item CreateAction="UpdateOrCreate" IsAssociated="false"><t:ParentFolderId Id="FOLDER"/><t:Data>${Buffer.from('HYBRIDGE-ITEM/1\n{"itemClass":"IPM.Note","properties":{"item:Subject":"u"}}').toString('base64')}</t:Data></t:Item></m:Items></m:UploadItems>`,
  ConvertId: '<m:ConvertId DestinationFormat="HexEntryId"><m:SourceIds><t:AlternateId Format="EwsId" Id="ITEM" Mailbox="bert@contoso.test"/></m:SourceIds></m:ConvertId>',
  ResolveNames: '<m:ResolveNames ReturnFullContactData="true"><m:UnresolvedEntry>an</m:UnresolvedEntry></m:ResolveNames>',
  GetUserOofSettings: '<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>bert@contoso.test</t:Address></t:Mailbox></m:GetUserOofSettingsRequest>',
  SetUserOofSettings: '<m:SetUserOofSettingsRequest><t:Mailbox><t:Address>bert@contoso.test</t:Address></t:Mailbox><t:UserOofSettings><t:OofState>Scheduled</t:OofState><t:ExternalAudience>All</t:ExternalAudience><t:Duration><t:StartTime>2026-11-01T00:00:00Z</t:StartTime><t:EndTime>2026-11-02T00:00:00Z</t:EndTime></t:Duration><t:InternalReply><t:Message>x</t:Message></t:InternalReply></t:UserOofSettings></m:SetUserOofSettingsRequest>',
  GetMailTips: '<m:GetMailTips><m:SendingAs><t:EmailAddress>bert@contoso.test</t:EmailAddress></m:SendingAs><m:Recipients><t:Mailbox><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox></m:Recipients><m:MailTipsRequested>All</m:MailTipsRequested></m:GetMailTips>',
  Subscribe: '<m:Subscribe><m:PullSubscriptionRequest SubscribeToAllFolders="false"><t:FolderIds><t:DistinguishedFolderId Id="inbox"/></t:FolderIds><t:EventTypes><t:EventType>NewMailEvent</t:EventType><t:EventType>CreatedEvent</t:EventType></t:EventTypes><t:Timeout>10</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>',
  SubscribeToStreaming: '<m:Subscribe><m:StreamingSubscriptionRequest SubscribeToAllFolders="true"><t:EventTypes><t:EventType>NewMailEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>',
  Unsubscribe: '<m:Unsubscribe><m:SubscriptionId>x</m:SubscriptionId></m:Unsubscribe>',
  GetEvents: '<m:GetEvents><m:SubscriptionId>x</m:SubscriptionId><m:Watermark>AAA=</m:Watermark></m:GetEvents>',
  GetStreamingEvents: '<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>x</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>',
  GetDelegate: '<m:GetDelegate IncludePermissions="true"><m:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></m:Mailbox><m:UserIds><t:UserId><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:UserId></m:UserIds></m:GetDelegate>',
  FindPeople: '<m:FindPeople><m:PersonaShape><t:BaseShape>Default</t:BaseShape></m:PersonaShape><m:IndexedPageItemView BasePoint="Beginning" MaxEntriesReturned="5" Offset="0"/><m:ParentFolderId><t:DistinguishedFolderId Id="directory"/></m:ParentFolderId><m:QueryString>an</m:QueryString></m:FindPeople>',
  GetRoomLists: '<m:GetRoomLists/>',
  GetRooms: '<m:GetRooms><m:RoomList><t:EmailAddress>rooms@contoso.test</t:EmailAddress></m:RoomList></m:GetRooms>',
  GetUserConfiguration: '<m:GetUserConfiguration><m:UserConfigurationName Name="OWA.UserOptions"><t:DistinguishedFolderId Id="root"/></m:UserConfigurationName><m:UserConfigurationProperties>All</m:UserConfigurationProperties></m:GetUserConfiguration>',
};

test('every operation has a sample that is answered', async () => {
  assert.deepEqual(mailboxOperations.map(({ name }) => name).filter((name) => samples[name] === undefined), []);
  const ids = await makeThings();
  for (const [name, sample] of Object.entries(samples)) {
    const answer = await ask(filled(sample, ids));
    assert.equal(answer.status, 200, `${name}: ${descendants(answer.body, 'faultstring').map(({ text }) => text).join('')}`);
  }
});

async function makeThings(): Promise<Readonly<Record<string, string>>> {
  const mailbox = organization.mailboxes.of(bert.guid);
  const inbox = await mailbox.folders.distinguished('inbox');
  const folder = await mailbox.folders.create(inbox.id, { displayName: `f${Math.random()}` });
  const item = await createMessage('fuzzed');
  const { attachment } = await mailbox.items.addAttachment(item, { name: 'a', content: { file: Buffer.from('abc') } });
  const answer = await ask(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>series</t:Subject><t:Start>2026-10-20T09:00:00Z</t:Start><t:End>2026-10-20T10:00:00Z</t:End>${recurrence}</t:CalendarItem></m:Items></m:CreateItem>`);
  const [event] = descendants(answer.body, 'ItemId');
  return { ITEM: item, EVENT: (event && findAttribute(event, 'Id')) ?? '', FOLDER: folder.id, FILE: attachment.id };
}

function filled(text: string, ids: Readonly<Record<string, string>>): string {
  return text.replaceAll(/"(ITEM|EVENT|FOLDER|FILE)"/g, (_, name: string) => `"${ids[name] ?? ''}"`);
}

test('a request of any operation with pieces changed, moved or doubled is answered or refused, never an internal error', async () => {
  const names = Object.keys(samples);
  const pieces = names.map((name) => envelope(samples[name] ?? '').split(/(?=<)|(?<=>)/));
  const values = constantFrom('', '-1', '0', '1e9', 'NaN', 'true', 'IPM.Appointment', 'IPM.Task', '9999-12-31T23:59:59Z', '0001-01-01T00:00:00', '99999999999999999999', '__proto__', 'constructor', '\u0000', 'x'.repeat(5_000), 'item:Body', 'calendar:Recurrence', 'contacts:EmailAddresses', 'item:MimeContent', 'ITEM', 'EVENT', 'FOLDER', 'FILE', 'calendar', 'root');
  const change = record({ from: nat(400), to: nat(400), how: constantFrom('remove', 'double', 'move', 'replace', 'swap'), text: oneof(values, values, string()) });
  const ids = await makeThings();
  failures.length = 0;
  await check(
    asyncProperty(nat(names.length - 1), nat(names.length - 1), array(change, { minLength: 1, maxLength: 3 }), async (which, other, changes) => {
      const list = [...(pieces[which] ?? [])];
      for (const { from, to, how, text } of changes) {
        const index = 3 + (from % Math.max(1, list.length - 3));
        const piece = list[index] ?? '';
        const others = pieces[other] ?? [];
        if (how === 'double') list.splice(index, 0, piece);
        else if (how === 'swap') list[index] = others[3 + (to % Math.max(1, others.length - 6))] ?? '';
        else if (how === 'replace') list[index] = piece.startsWith('<') ? piece.replace(/"[^"]*"/, `"${text.replace(/["<&]/g, '')}"`) : text.replace(/[<&]/g, '');
        else list.splice(index, 1);
        if (how === 'move') list.splice(3 + (to % Math.max(1, list.length - 3)), 0, piece);
      }
      const body = filled(list.join(''), ids);
      const answer = await service.handle({ body: Buffer.from(body), requester: { recipient: bert, origin: 'local' }, context });
      assert.notEqual(answer.errorCode, 'ErrorInternalServerError', `${failures.at(-1) ?? ''}\n${body}`);
      const [element] = readSoapEnvelope(parseXml(await wholeOf(answer))).body;
      assert.equal(answer.status === 200, element?.local !== 'Fault', body);
    }),
    { numRuns: 600, seed: 20_261_121, endOnFailure: true },
  );
});

test('bytes changed at random are answered or refused', async () => {
  const all = Object.values(samples).map((sample) => Buffer.from(envelope(sample)));
  await check(
    asyncProperty(nat(all.length - 1), array(tuple(nat(), nat(255)), { minLength: 1, maxLength: 4 }), async (which, changes) => {
      const body = Buffer.from(all[which] ?? Buffer.alloc(0));
      for (const [at, byte] of changes) body[at % body.length] = byte;
      const answer = await service.handle({ body, requester: { recipient: bert, origin: 'local' }, context });
      assert.notEqual(answer.errorCode, 'ErrorInternalServerError', body.toString());
    }),
    { numRuns: 600, seed: 20_261_121, endOnFailure: true },
  );
});
