import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descendants, openEwsFixture, textOf } from '../ews-fixture.ts';

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
