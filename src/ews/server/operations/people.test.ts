import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descendants, idOf, openEwsFixture, textOf } from '../ews-fixture.ts';

test('GetDelegate: whoever may change everything in the calendar is a delegate, with the levels of the other folders', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const ask = (userIds = '', as: 'anna' | 'bert' = 'bert') => fixture.ask(`<m:GetDelegate IncludePermissions="true"><m:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></m:Mailbox>${userIds}</m:GetDelegate>`, { as });
  const none = await ask();
  assert.deepEqual([textOf(none.body, 'ResponseCode'), descendants(none.body, 'DelegateUser').length], ['NoError', 0]);
  const share = (folder: string, level: string) =>
    fixture.ask(`<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="${folder}"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:Folder><t:PermissionSet><t:Permissions><t:Permission><t:UserId><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:UserId><t:PermissionLevel>${level}</t:PermissionLevel></t:Permission></t:Permissions></t:PermissionSet></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`);
  const calendar = '<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="calendar"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:CalendarFolder><t:PermissionSet><t:CalendarPermissions><t:CalendarPermission><t:UserId><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:UserId><t:CalendarPermissionLevel>Editor</t:CalendarPermissionLevel></t:CalendarPermission></t:CalendarPermissions></t:PermissionSet></t:CalendarFolder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>';
  assert.deepEqual((await fixture.ask(calendar)).codes, ['NoError']);
  await share('inbox', 'Reviewer');
  const found = await ask();
  assert.deepEqual(['PrimarySmtpAddress', 'CalendarFolderPermissionLevel', 'TasksFolderPermissionLevel', 'InboxFolderPermissionLevel', 'DeliverMeetingRequests'].map((name) => textOf(found.body, name)), ['anna@contoso.test', 'Editor', 'None', 'Reviewer', 'NoForward']);
  const asked = await ask('<m:UserIds><t:UserId><t:PrimarySmtpAddress>carl@contoso.test</t:PrimarySmtpAddress></t:UserId><t:UserId><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:UserId></m:UserIds>');
  assert.deepEqual(asked.codes, ['ErrorNotDelegate', 'NoError']);
  assert.equal(textOf((await ask('', 'anna')).body, 'ResponseCode'), 'ErrorAccessDenied');
  // A delegate works in the calendar it was given.
  const event = (await fixture.ask('<m:CreateItem SendMeetingInvitations="SendToNone"><m:SavedItemFolderId><t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:SavedItemFolderId><m:Items><t:CalendarItem><t:Subject>for him</t:Subject><t:Start>2026-11-23T09:00:00Z</t:Start><t:End>2026-11-23T10:00:00Z</t:End></t:CalendarItem></m:Items></m:CreateItem>', { as: 'anna' })).codes;
  assert.deepEqual(event, ['NoError']);
});

test('FindPeople: by the beginning of a name, page by page', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const ask = (query: string, view = 'MaxEntriesReturned="2" Offset="0"', folder = '<t:DistinguishedFolderId Id="directory"/>') =>
    fixture.ask(`<m:FindPeople><m:PersonaShape><t:BaseShape>Default</t:BaseShape></m:PersonaShape><m:IndexedPageItemView BasePoint="Beginning" ${view}/><m:ParentFolderId>${folder}</m:ParentFolderId>${query}</m:FindPeople>`);
  const names = async (...parameters: Parameters<typeof ask>) => {
    const { body } = await ask(...parameters);
    return [descendants(body, 'Persona').map((persona) => textOf(persona, 'DisplayName')), textOf(body, 'TotalNumberOfPeopleInView')];
  };
  assert.deepEqual(await names(''), [['anna Example', 'bert Example'], '3']);
  assert.deepEqual(await names('', 'MaxEntriesReturned="2" Offset="2"'), [['carl Example'], '3']);
  assert.deepEqual(await names('<m:QueryString>be</m:QueryString>'), [['bert Example'], '1']);
  assert.equal(textOf((await ask('', undefined, '<t:DistinguishedFolderId Id="contacts"/>')).body, 'ResponseCode'), 'ErrorInvalidOperation');
});

test('ResolveNames: people and personal contacts, in the order of the scope', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const contact = (name: string, ...addresses: readonly string[]): string => `<t:Contact><t:DisplayName>${name}</t:DisplayName><t:EmailAddresses>${addresses.map((address, index) => `<t:Entry Key="EmailAddress${index + 1}">${address}</t:Entry>`).join('')}</t:EmailAddresses></t:Contact>`;
  const made = await fixture.ask(`<m:CreateItem><m:Items>${contact('Anna Outside', 'anna@elsewhere.test', 'private@elsewhere.test')}${contact('Nobody')}${contact('Dora', 'dora@elsewhere.test')}</m:Items></m:CreateItem>`);
  const id = idOf(made.body);
  const names = async (entry: string, scope = '', folder = '', as: 'anna' | 'bert' = 'bert'): Promise<readonly (string | undefined)[]> => {
    const { body, codes } = await fixture.ask(`<m:ResolveNames ReturnFullContactData="false"${scope === '' ? '' : ` SearchScope="${scope}"`}>${folder}<m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`, { as });
    return codes[0] === 'NoError' ? descendants(body, 'EmailAddress').map(({ text }) => text) : codes;
  };
  const outside = ['anna@elsewhere.test', 'private@elsewhere.test'];
  assert.deepEqual(await names('anna'), ['anna@contoso.test', ...outside]);
  assert.deepEqual(await names('ann', 'ContactsActiveDirectory'), [...outside, 'anna@contoso.test']);
  assert.deepEqual(await names('anna', 'ActiveDirectory'), ['anna@contoso.test']);
  assert.deepEqual(await names('outs', 'Contacts'), outside);
  assert.deepEqual(await names('smtp:dora@else', 'Contacts'), ['dora@elsewhere.test']);
  assert.deepEqual(await names('bert', 'Contacts'), ['ErrorNameResolutionNoResults']);
  assert.deepEqual(await names('dora', 'Contacts', '', 'anna'), ['ErrorNameResolutionNoResults']);
  const his = '<m:ParentFolderIds><t:DistinguishedFolderId Id="contacts"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:ParentFolderIds>';
  assert.deepEqual(await names('dora', 'Contacts', his, 'anna'), ['ErrorAccessDenied']);
  const full = await fixture.ask('<m:ResolveNames ReturnFullContactData="true" SearchScope="Contacts" ContactDataShape="AllProperties"><m:UnresolvedEntry>Outside</m:UnresolvedEntry></m:ResolveNames>');
  assert.deepEqual(descendants(full.body, 'Mailbox').slice(0, 2).map((mailbox) => [textOf(mailbox, 'MailboxType'), idOf(mailbox)]), [['Contact', id], ['Contact', id]]);
  assert.equal(textOf(full.body, 'DisplayName'), 'Anna Outside');
});

test('GetMailTips: what is known of a mailbox, and nothing of others', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { body } = await fixture.ask('<m:GetMailTips><m:SendingAs><t:EmailAddress>bert@contoso.test</t:EmailAddress></m:SendingAs><m:Recipients><t:Mailbox><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox><t:Mailbox><t:EmailAddress>nobody@contoso.test</t:EmailAddress></t:Mailbox></m:Recipients><m:MailTipsRequested>MailboxFullStatus DeliveryRestriction ModerationStatus InvalidRecipient</m:MailTipsRequested></m:GetMailTips>');
  const tips = descendants(body, 'MailTips').map((tip) => ['MailboxFull', 'DeliveryRestricted', 'IsModerated', 'InvalidRecipient'].map((name) => descendants(tip, name)[0]?.text));
  assert.deepEqual(tips, [['false', 'false', 'false', 'false'], [undefined, undefined, undefined, 'true']]);
});
