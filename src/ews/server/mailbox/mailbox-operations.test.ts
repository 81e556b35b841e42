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
import { filled, recurrence, samples } from '../operation-samples-fixture.ts';
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
    mailboxes: { directory: organization.directory, mailboxes: organization.mailboxes, mailSettings: organization.mailSettings, mayImpersonate: (account) => Promise.resolve(account.guid === anna.guid), mail: transport, clock: systemClock, log },
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

test('a delegate answers for a room, in its calendar and its name; somebody else does not', async () => {
  const { directory, calendarProcessing, mailboxes } = organization;
  const add = (name: string, recipientTypeDetails: 'UserMailbox' | 'RoomMailbox') => directory.create({ recipientTypeDetails, displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
  const [room, keeper] = [await add('room', 'RoomMailbox'), await add('keeper', 'UserMailbox')];
  const settings = { AutomateProcessing: 'AutoAccept', AllBookInPolicy: false, AllRequestInPolicy: true } as const;
  await calendarProcessing.set(room, false, { ...settings, ResourceDelegates: [keeper.guid] });
  const all = async (who: Recipient, folder: 'inbox' | 'calendar') => (await mailboxes.of(who.guid).items.find((await mailboxes.of(who.guid).folders.distinguished(folder)).id, { limit: 50 })).entries;
  const invite = async (subject: string, day: number) => {
    const start = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + day * 86_400_000 + 36_000_000).toISOString();
    const end = new Date(Date.parse(start) + 3_600_000).toISOString();
    await ask(`<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>${subject}</t:Subject><t:Start>${start}</t:Start><t:End>${end}</t:End><t:Resources><t:Attendee><t:Mailbox><t:EmailAddress>room@contoso.test</t:EmailAddress></t:Mailbox></t:Attendee></t:Resources></t:CalendarItem></m:Items></m:CreateItem>`);
    const request = (await all(keeper, 'inbox')).find(({ properties }) => properties['item:Subject'] === subject);
    assert.equal(request?.itemClass, 'IPM.Schedule.Meeting.Request');
    return request;
  };
  const answer = async (name: string, id: string) => codeOf(messagesOf(await ask(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:${name}><t:ReferenceItemId Id="${id}"/></t:${name}></m:Items></m:CreateItem>`, keeper))[0]);
  const heard = async (subject: string) => (await all(bert, 'inbox')).filter(({ properties }) => properties['item:Subject'] === subject).map(({ properties }) => (properties['message:From'] as { name?: string }).name);

  const first = await invite('Workshop', 3);
  assert.deepEqual((await all(room, 'calendar')).map(({ calendar }) => calendar?.freeBusyStatus), ['Tentative']);
  assert.equal(await answer('AcceptItem', first.id), 'NoError');
  assert.deepEqual((await all(room, 'calendar')).map(({ calendar, properties }) => [calendar?.freeBusyStatus, properties['calendar:MyResponseType']]), [['Busy', 'Accept']]);
  assert.deepEqual(await all(keeper, 'calendar'), []);
  assert.deepEqual(await heard('Accepted: Workshop'), ['room']);

  const second = await invite('Party', 4);
  assert.equal(await answer('DeclineItem', second.id), 'NoError');
  assert.equal((await all(room, 'calendar')).length, 1);
  assert.deepEqual(await heard('Declined: Party'), ['room']);

  const third = await invite('Later', 5);
  await calendarProcessing.set(room, false, { ...settings, ResourceDelegates: [] });
  assert.equal(await answer('AcceptItem', third.id), 'ErrorAccessDenied');
});
