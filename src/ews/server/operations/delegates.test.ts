import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { EmailAddress, Item, Recipient } from '../../../organization/index.ts';
import { descendants, openEwsFixture, textOf } from '../ews-fixture.ts';
import type { AskOptions } from '../ews-fixture.ts';

type Name = NonNullable<AskOptions['as']>;

const berts = '<m:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></m:Mailbox>';
const userId = (name: string): string => `<t:UserId><t:PrimarySmtpAddress>${name}@contoso.test</t:PrimarySmtpAddress></t:UserId>`;
const delegate = (name: string, more = '', level = 'Editor'): string => `<t:DelegateUser>${userId(name)}${level === '' ? '' : `<t:DelegatePermissions><t:CalendarFolderPermissionLevel>${level}</t:CalendarFolderPermissionLevel></t:DelegatePermissions>`}${more}</t:DelegateUser>`;
const copies = '<t:ReceiveCopiesOfMeetingMessages>true</t:ReceiveCopiesOfMeetingMessages>';
const change = (operation: 'AddDelegate' | 'UpdateDelegate', users: string, deliver = ''): string => `<m:${operation}>${berts}${users === '' ? '' : `<m:DelegateUsers>${users}</m:DelegateUsers>`}${deliver === '' ? '' : `<m:DeliverMeetingRequests>${deliver}</m:DeliverMeetingRequests>`}</m:${operation}>`;
const attendee = (name: string): string => `<t:Attendee><t:Mailbox><t:EmailAddress>${name}@contoso.test</t:EmailAddress></t:Mailbox></t:Attendee>`;

/** Bert's delegate is Anna; Carl invites. */
async function open(t: TestContext) {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { mailboxes } = fixture.organization;
  const all = async (who: Recipient, folder: 'inbox' | 'calendar' | 'deleteditems' | 'sentitems'): Promise<readonly Item[]> => (await mailboxes.of(who.guid).items.find((await mailboxes.of(who.guid).folders.distinguished(folder)).id, { limit: 50 })).entries;
  const invite = async (subject: string, more = '', as: Name = 'carl'): Promise<void> => {
    const { codes } = await fixture.ask(`<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items><t:CalendarItem><t:Subject>${subject}</t:Subject>${more}<t:Start>2026-12-01T10:00:00Z</t:Start><t:End>2026-12-01T11:00:00Z</t:End><t:RequiredAttendees>${attendee('bert')}</t:RequiredAttendees></t:CalendarItem></m:Items></m:CreateItem>`, { as });
    assert.deepEqual(codes, ['NoError']);
  };
  const subjects = async (who: Recipient, folder: 'inbox' | 'calendar' | 'deleteditems'): Promise<string[]> => (await all(who, folder)).map(({ properties }) => properties['item:Subject'] as string).toSorted();
  return { ...fixture, all, invite, subjects };
}

test('delegates are added, changed, shown and removed, with their rights on folders; what cannot be is refused each by itself', async (t) => {
  const { ask, organization, people } = await open(t);
  const shown = async (): Promise<unknown> => {
    const { body } = await ask(`<m:GetDelegate IncludePermissions="true">${berts}</m:GetDelegate>`);
    return [descendants(body, 'DelegateUser').map((user) => ['PrimarySmtpAddress', 'CalendarFolderPermissionLevel', 'TasksFolderPermissionLevel', 'InboxFolderPermissionLevel', 'ReceiveCopiesOfMeetingMessages', 'ViewPrivateItems'].map((name) => textOf(user, name))), textOf(body, 'DeliverMeetingRequests')];
  };
  assert.deepEqual(await shown(), [[], 'NoForward']);
  const added = await ask(change('AddDelegate', `${delegate('anna', copies)}${delegate('bert')}${delegate('nobody')}${delegate('carl', copies, 'Reviewer')}${delegate('carl', '', 'Custom')}`, 'DelegatesOnly'));
  assert.deepEqual(added.codes, ['NoError', 'ErrorDelegateCannotAddOwner', 'ErrorDelegateNoUser', 'ErrorDelegateValidationFailed', 'ErrorDelegateValidationFailed']);
  assert.deepEqual(await shown(), [[['anna@contoso.test', 'Editor', 'None', 'None', 'true', 'false']], 'DelegatesOnly']);
  assert.deepEqual((await organization.mailSettings.of(people.bert.guid)).GrantSendOnBehalfTo, [people.anna.guid]);
  assert.deepEqual((await ask(change('AddDelegate', delegate('anna')))).codes, ['ErrorDelegateAlreadyExists']);
  const tasks = delegate('anna', '<t:ViewPrivateItems>true</t:ViewPrivateItems>', '').replace('</t:UserId>', '</t:UserId><t:DelegatePermissions><t:TasksFolderPermissionLevel>Reviewer</t:TasksFolderPermissionLevel></t:DelegatePermissions>');
  assert.deepEqual((await ask(change('UpdateDelegate', `${tasks}${delegate('carl')}`, 'NoForward'))).codes, ['NoError', 'ErrorNotDelegate']);
  assert.deepEqual(await shown(), [[['anna@contoso.test', 'Editor', 'Reviewer', 'None', 'true', 'true']], 'NoForward']);
  assert.deepEqual((await ask(`<m:GetDelegate IncludePermissions="false">${berts}<m:UserIds>${userId('carl')}${userId('anna')}</m:UserIds></m:GetDelegate>`)).codes, ['ErrorNotDelegate', 'NoError']);
  for (const foreign of [`<m:GetDelegate IncludePermissions="false">${berts}</m:GetDelegate>`, change('AddDelegate', delegate('carl')), `<m:RemoveDelegate>${berts}<m:UserIds>${userId('anna')}</m:UserIds></m:RemoveDelegate>`]) assert.equal(textOf((await ask(foreign, { as: 'anna' })).body, 'ResponseCode'), 'ErrorAccessDenied');
  assert.deepEqual((await ask(`<m:RemoveDelegate>${berts}<m:UserIds>${userId('anna')}${userId('carl')}</m:UserIds></m:RemoveDelegate>`)).codes, ['NoError', 'ErrorNotDelegate']);
  assert.deepEqual(await shown(), [[], 'NoForward']);
  const mailbox = organization.mailboxes.of(people.bert.guid);
  for (const folder of ['calendar', 'tasks'] as const) assert.ok(!(await mailbox.folders.permissions((await mailbox.folders.distinguished(folder)).id)).some(({ user }) => user === people.anna.guid));
  assert.deepEqual((await organization.mailSettings.of(people.bert.guid)).GrantSendOnBehalfTo, []);
});

test('delegates who are made at once are all made; the same one is made once', async (t) => {
  const { ask, organization: { mailSettings, mailboxes }, people: { anna, bert, carl } } = await open(t);
  const answers = await Promise.all([delegate('anna'), delegate('carl'), delegate('anna')].map((user) => ask(change('AddDelegate', user))));
  assert.deepEqual(answers.flatMap(({ body }) => descendants(body, 'ResponseCode').map(({ text }) => text)).filter((code) => code !== 'NoError'), ['ErrorDelegateAlreadyExists']);
  const { Delegates, GrantSendOnBehalfTo } = await mailSettings.of(bert.guid);
  assert.deepEqual([new Set(Delegates.map(({ guid }) => guid)), GrantSendOnBehalfTo.length], [new Set([anna.guid, carl.guid]), 2]);
  const { folders } = mailboxes.of(bert.guid);
  const editors = (await folders.permissions((await folders.distinguished('calendar')).id)).filter(({ level }) => level === 'Editor');
  assert.deepEqual(new Set(editors.map(({ user }) => user)), new Set([anna.guid, carl.guid]));
});

test('only the owner of a mailbox makes delegates; who owns its calendar sees them, and opens nothing else', async (t) => {
  const { ask, organization, people } = await open(t);
  const { folders } = organization.mailboxes.of(people.bert.guid);
  const { id } = await folders.distinguished('calendar');
  const former = (await folders.permissions(id)).find(({ user }) => user === 'Default');
  assert.ok(former !== undefined);
  await folders.setPermissions(id, [...(await folders.permissions(id)), { ...former, user: people.anna.guid, level: 'Owner' }]);
  const inbox = delegate('carl').replace('Calendar', 'Inbox').replace('Calendar', 'Inbox');
  for (const request of [change('AddDelegate', inbox, 'DelegatesOnly'), change('UpdateDelegate', '', 'NoForward'), `<m:RemoveDelegate>${berts}<m:UserIds>${userId('carl')}</m:UserIds></m:RemoveDelegate>`]) {
    assert.equal(textOf((await ask(request, { as: 'anna' })).body, 'ResponseCode'), 'ErrorAccessDenied');
  }
  assert.deepEqual((await folders.permissions((await folders.distinguished('inbox')).id)).filter(({ user }) => user === people.carl.guid), []);
  const { GrantSendOnBehalfTo, DeliverMeetingRequests } = await organization.mailSettings.of(people.bert.guid);
  assert.deepEqual([GrantSendOnBehalfTo, DeliverMeetingRequests], [[], 'DelegatesAndMe']);
  const { body } = await ask(`<m:GetDelegate IncludePermissions="true">${berts}</m:GetDelegate>`, { as: 'anna' });
  assert.equal(textOf(body, 'ResponseCode'), 'NoError');
});

test('meeting messages go to delegates as the owner wants it; private ones only to the owner', async (t) => {
  const { ask, invite, all, subjects, people: { anna, bert } } = await open(t);
  await ask(change('AddDelegate', delegate('anna', copies), 'DelegatesOnly'));
  await invite('Only');
  assert.deepEqual([await subjects(anna, 'inbox'), await subjects(bert, 'inbox'), await subjects(bert, 'deleteditems'), await subjects(bert, 'calendar'), await subjects(anna, 'calendar')], [['Only'], [], ['Only'], ['Only'], []]);
  const [copy] = await all(anna, 'inbox');
  const address = (key: string): string | undefined => (copy?.properties[key] as EmailAddress | undefined)?.address;
  assert.deepEqual([address('message:ReceivedBy'), address('message:ReceivedRepresenting'), address('message:From'), copy?.properties['meeting:IsDelegated']], ['anna@contoso.test', 'bert@contoso.test', 'carl@contoso.test', true]);

  await ask(change('UpdateDelegate', '', 'DelegatesAndMe'));
  await invite('Both');
  assert.deepEqual([await subjects(anna, 'inbox'), await subjects(bert, 'inbox')], [['Both', 'Only'], ['Both']]);
  await ask(change('UpdateDelegate', '', 'DelegatesAndSendInformationToMe'));
  await invite('Informed');
  const kinds = async (who: Recipient): Promise<unknown> => (await all(who, 'inbox')).find(({ properties }) => properties['item:Subject'] === 'Informed')?.properties['meetingRequest:MeetingRequestType'];
  assert.deepEqual([await kinds(anna), await kinds(bert)], ['NewMeetingRequest', 'PrincipalWantsCopy']);
  await invite('Secret', '<t:Sensitivity>Private</t:Sensitivity>');
  await ask(change('UpdateDelegate', '', 'NoForward'));
  await invite('Mine');
  assert.deepEqual([await subjects(anna, 'inbox'), await subjects(bert, 'inbox')], [['Both', 'Informed', 'Only'], ['Both', 'Informed', 'Mine', 'Secret']]);
});

test('a delegate answers in the name of the owner, in its calendar; without the rights no more', async (t) => {
  const { ask, invite, all, people: { anna, bert, carl } } = await open(t);
  await ask(change('AddDelegate', delegate('anna', copies), 'DelegatesOnly'));
  await invite('Review');
  const answer = async (subject: string): Promise<readonly (string | undefined)[]> => {
    const request = (await all(anna, 'inbox')).find(({ properties }) => properties['item:Subject'] === subject);
    return (await ask(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:AcceptItem><t:ReferenceItemId Id="${request?.id ?? ''}"/></t:AcceptItem></m:Items></m:CreateItem>`, { as: 'anna' })).codes;
  };
  assert.deepEqual(await answer('Review'), ['NoError']);
  const [entered] = await all(bert, 'calendar');
  assert.deepEqual([entered?.properties['calendar:MyResponseType'], entered?.calendar?.freeBusyStatus, (await all(anna, 'calendar')).length], ['Accept', 'Busy', 0]);
  const [heard] = await all(carl, 'inbox');
  assert.ok(heard !== undefined);
  assert.deepEqual([heard.itemClass, (heard.properties['message:From'] as EmailAddress).address, (heard.properties['message:Sender'] as EmailAddress).address], ['IPM.Schedule.Meeting.Resp.Pos', 'bert@contoso.test', 'anna@contoso.test']);
  const [organized] = await all(carl, 'calendar');
  assert.deepEqual((organized?.properties['calendar:RequiredAttendees'] as { responseType?: string }[] | undefined)?.map(({ responseType }) => responseType), ['Accept']);
  assert.deepEqual([(await all(anna, 'sentitems')).length, (await all(bert, 'sentitems')).length], [1, 0]);
  await invite('Another');
  await ask(`<m:RemoveDelegate>${berts}<m:UserIds>${userId('anna')}</m:UserIds></m:RemoveDelegate>`);
  assert.deepEqual(await answer('Another'), ['ErrorAccessDenied']);
});

test('a delegate invites and writes on behalf of the owner; an editor who is none does not, and changes nothing', async (t) => {
  const { ask, all, people: { bert, carl } } = await open(t);
  await ask(change('AddDelegate', delegate('anna')));
  const folder = '<m:SavedItemFolderId><t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:SavedItemFolderId>';
  const plan = (subject: string): Promise<{ codes: readonly (string | undefined)[] }> => ask(`<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy">${folder}<m:Items><t:CalendarItem><t:Subject>${subject}</t:Subject><t:Start>2026-12-02T10:00:00Z</t:Start><t:End>2026-12-02T11:00:00Z</t:End><t:RequiredAttendees>${attendee('carl')}</t:RequiredAttendees></t:CalendarItem></m:Items></m:CreateItem>`, { as: 'anna' });
  const write = (from: string): Promise<{ codes: readonly (string | undefined)[] }> => ask(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message><t:Subject>On behalf</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>carl@contoso.test</t:EmailAddress></t:Mailbox></t:ToRecipients><t:From><t:Mailbox><t:EmailAddress>${from}@contoso.test</t:EmailAddress></t:Mailbox></t:From></t:Message></m:Items></m:CreateItem>`, { as: 'anna' });
  assert.deepEqual((await plan('For Bert')).codes, ['NoError']);
  assert.deepEqual([(await write('bert')).codes, (await write('carl')).codes], [['NoError'], ['ErrorSendAsDenied']]);
  for (const { properties } of await all(carl, 'inbox')) assert.deepEqual([(properties['message:From'] as EmailAddress).address, (properties['message:Sender'] as EmailAddress).address], ['bert@contoso.test', 'anna@contoso.test']);
  assert.equal((await all(carl, 'inbox')).length, 2);
  assert.equal(((await all(carl, 'calendar'))[0]?.properties['calendar:Organizer'] as EmailAddress | undefined)?.address, 'bert@contoso.test');

  await ask(`<m:RemoveDelegate>${berts}<m:UserIds>${userId('anna')}</m:UserIds></m:RemoveDelegate>`);
  await ask('<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="calendar"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:CalendarFolder><t:PermissionSet><t:CalendarPermissions><t:CalendarPermission><t:UserId><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:UserId><t:CalendarPermissionLevel>Editor</t:CalendarPermissionLevel></t:CalendarPermission></t:CalendarPermissions></t:PermissionSet></t:CalendarFolder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>');
  assert.deepEqual([(await plan('Not allowed')).codes, (await write('bert')).codes], [['ErrorSendAsDenied'], ['ErrorSendAsDenied']]);
  assert.equal((await all(bert, 'calendar')).length, 1);
  assert.equal((await all(carl, 'inbox')).length, 2);
});

test('what is private stays hidden from a delegate until the owner lets it be seen', async (t) => {
  const { ask } = await open(t);
  await ask('<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>Doctor</t:Subject><t:Sensitivity>Private</t:Sensitivity><t:Start>2026-12-03T10:00:00Z</t:Start><t:End>2026-12-03T11:00:00Z</t:End></t:CalendarItem></m:Items></m:CreateItem>');
  await ask(change('AddDelegate', delegate('anna')));
  const seen = async (): Promise<readonly string[]> => descendants((await ask('<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:ParentFolderIds></m:FindItem>', { as: 'anna' })).body, 'Subject').map(({ text }) => text);
  assert.deepEqual(await seen(), []);
  await ask(change('UpdateDelegate', delegate('anna', '<t:ViewPrivateItems>true</t:ViewPrivateItems>', '')));
  assert.deepEqual(await seen(), ['Doctor']);
  await ask(change('UpdateDelegate', delegate('anna', '<t:ViewPrivateItems>false</t:ViewPrivateItems>', '')));
  assert.deepEqual(await seen(), []);
});
