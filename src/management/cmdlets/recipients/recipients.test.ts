import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ServedExchange } from '../../admin-api/served-exchange.ts';
import { serveExchange } from '../../admin-api/served-exchange.ts';

type Row = Record<string, unknown>;
let exchange: ServedExchange;

before(async () => {
  exchange = await serveExchange();
  for (const DomainName of ['contoso.test', 'contoso.mail.onmicrosoft.test']) await exchange.organization.configuration.create('AcceptedDomain', DomainName, { DomainName, Default: DomainName === 'contoso.test' });
});
after(() => exchange.close());

const run = (cmdlet: string, parameters: Row = {}): Promise<readonly Row[]> => exchange.session.invoke(cmdlet, parameters);
async function one(cmdlet: string, parameters: Row = {}): Promise<Row> {
  const rows = await run(cmdlet, parameters);
  assert.equal(rows.length, 1, `${cmdlet} gave ${rows.length}`);
  return rows[0] ?? {};
}

test('mailboxes: made with a password, shown as published, found in every way', async () => {
  const made = await one('New-Mailbox', { Name: 'Bert Baker', UserPrincipalName: 'bert@contoso.test', Password: 'S3cret!' });
  assert.deepEqual(
    [made['Alias'], made['DisplayName'], made['PrimarySmtpAddress'], made['EmailAddresses'], made['RecipientTypeDetails'], made['RecipientType']],
    ['bert', 'Bert Baker', 'bert@contoso.test', ['SMTP:bert@contoso.test'], 'UserMailbox', 'UserMailbox'],
  );
  assert.equal((await exchange.organization.directory.checkPassword('bert@contoso.test', 'S3cret!'))?.alias, 'bert');
  for (const Identity of ['bert', 'BERT@contoso.test', 'smtp:bert@contoso.test', 'Bert Baker', made['Guid'], 'bert*']) assert.equal((await one('Get-Mailbox', { Identity }))['Alias'], 'bert', String(Identity));
  const room = await one('New-Mailbox', { Name: 'Room 1', Room: true });
  assert.deepEqual([room['RecipientTypeDetails'], room['PrimarySmtpAddress']], ['RoomMailbox', 'Room1@contoso.test']);
  assert.deepEqual((await run('Get-Mailbox', { RecipientTypeDetails: 'RoomMailbox' })).map((row) => row['Alias']), ['Room1']);
  await assert.rejects(run('New-Mailbox', { Name: 'x', UserPrincipalName: 'bert@contoso.test' }), { code: 'MANAGEMENT_OBJECT_EXISTS', message: /is already being used by the proxy addresses/ });
});

test('who sends in the name of a mailbox, and what its correspondents are told', async () => {
  const settings = async (): Promise<unknown[]> => {
    const { GrantSendOnBehalfTo, MailTip } = await one('Get-Mailbox', { Identity: 'bert' });
    return [GrantSendOnBehalfTo, MailTip];
  };
  assert.deepEqual(await settings(), [[], null]);
  await run('Set-Mailbox', { Identity: 'bert', GrantSendOnBehalfTo: 'Room1', MailTip: '<b>Away</b> until Monday' });
  assert.deepEqual(await settings(), [['Room 1'], '<b>Away</b> until Monday']);
  await run('Set-Mailbox', { Identity: 'bert', GrantSendOnBehalfTo: { remove: ['Room1@contoso.test'] } });
  assert.deepEqual(await settings(), [[], '<b>Away</b> until Monday']);
  await assert.rejects(run('Set-Mailbox', { Identity: 'bert', MailTip: 'x'.repeat(176) }), { message: /at most 175 characters/ });
  await assert.rejects(run('Set-Mailbox', { Identity: 'bert', GrantSendOnBehalfTo: 'nobody' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await run('Set-Mailbox', { Identity: 'bert', GrantSendOnBehalfTo: null, MailTip: null });
  assert.deepEqual(await settings(), [[], null]);
});

test('ResultSize limits and warns only when it was not asked for', async () => {
  exchange.warnings.length = 0;
  assert.equal((await run('Get-Recipient', { ResultSize: 2 })).length, 2);
  assert.equal((await run('Get-Recipient', { ResultSize: 'Unlimited' })).length, 3);
  assert.deepEqual(exchange.warnings, []);
});

test('addresses: added, removed, made primary, refused', async () => {
  const addresses = async (): Promise<unknown> => (await one('Get-Mailbox', { Identity: 'Bert Baker' }))['EmailAddresses'];
  await run('Set-Mailbox', { Identity: 'bert', EmailAddresses: { add: ['bb@contoso.test', 'smtp:b@contoso.test'] } });
  assert.deepEqual(await addresses(), ['SMTP:bert@contoso.test', 'smtp:bb@contoso.test', 'smtp:b@contoso.test']);
  await run('Set-Mailbox', { Identity: 'bert', EmailAddresses: { remove: 'smtp:B@contoso.test', add: 'SMTP:bert.baker@contoso.test' } });
  assert.deepEqual(await addresses(), ['SMTP:bert.baker@contoso.test', 'smtp:bert@contoso.test', 'smtp:bb@contoso.test']);
  await run('Set-Mailbox', { Identity: 'bert', PrimarySmtpAddress: 'bert@contoso.test' });
  assert.deepEqual(await addresses(), ['SMTP:bert@contoso.test', 'smtp:bert.baker@contoso.test', 'smtp:bb@contoso.test']);
  await run('Set-Mailbox', { Identity: 'bert', EmailAddresses: ['smtp:bb@contoso.test', 'SMTP:bert@contoso.test'] });
  assert.deepEqual(await addresses(), ['SMTP:bert@contoso.test', 'smtp:bb@contoso.test']);
  for (const [EmailAddresses, message] of [
    [{ remove: 'bert@contoso.test' }, /primary SMTP address and can't be removed/],
    [{ add: 'X500:/o=x' }, /type X500 are not kept/],
    [['SMTP:a@b.test', 'SMTP:c@d.test'], /multiple primary/],
    [[], /at least one/],
    [{ add: 'nonsense' }, /isn't a valid SMTP address/],
  ] as const) {
    await assert.rejects(run('Set-Mailbox', { Identity: 'bert', EmailAddresses }), { code: 'MANAGEMENT_INVALID_VALUE', message });
  }
});

test('remote mailboxes, mail users and contacts have a target address', async () => {
  const anna = await one('New-RemoteMailbox', { Name: 'Anna Arzt', UserPrincipalName: 'anna@contoso.test' });
  assert.deepEqual([anna['RemoteRoutingAddress'], anna['EmailAddresses']], ['SMTP:anna@contoso.mail.onmicrosoft.test', ['SMTP:anna@contoso.test', 'smtp:anna@contoso.mail.onmicrosoft.test']]);
  await run('Set-RemoteMailbox', { Identity: 'anna', RemoteRoutingAddress: 'anna2@contoso.mail.onmicrosoft.test', ImmutableId: 'anchor' });
  assert.deepEqual([(await one('Get-RemoteMailbox', { Identity: 'anna' }))['ExternalEmailAddress'], (await one('Get-RemoteMailbox', { Identity: 'anna' }))['ImmutableId']], ['SMTP:anna2@contoso.mail.onmicrosoft.test', 'anchor']);
  await run('Set-RemoteMailbox', { Identity: 'anna', ImmutableID: null });
  assert.equal((await one('Get-RemoteMailbox', { Identity: 'anna' }))['ImmutableId'], null);

  const carl = await one('New-MailUser', { Name: 'Carl', ExternalEmailAddress: 'SMTP:carl@elsewhere.test', UserPrincipalName: 'carl@contoso.test' });
  assert.deepEqual([carl['UserPrincipalName'], carl['PrimarySmtpAddress'], carl['ExternalEmailAddress'], carl['RecipientTypeDetails']], ['carl@contoso.test', 'carl@elsewhere.test', 'SMTP:carl@elsewhere.test', 'MailUser']);
  await run('Set-MailUser', { Identity: 'carl', ExternalEmailAddress: 'carl@new.test' });
  assert.equal((await one('Get-MailUser', { Identity: 'carl' }))['ExternalEmailAddress'], 'SMTP:carl@new.test');

  await run('New-MailContact', { Name: 'Dora Notes', ExternalEmailAddress: 'dora@notes.contoso.test' });
  await run('Set-MailContact', { Identity: 'Dora Notes', ExternalEmailAddress: 'dora@notes2.contoso.test', DisplayName: 'Dora N.' });
  const dora = await one('Get-MailContact', { Identity: 'Dora N.' });
  assert.equal(dora['ExternalEmailAddress'], 'SMTP:dora@notes2.contoso.test');
  assert.equal('UserPrincipalName' in dora, false);
});

test('a cmdlet sees only its own types; Get-Recipient sees all', async () => {
  await assert.rejects(run('Get-Mailbox', { Identity: 'anna' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(run('Remove-Mailbox', { Identity: 'carl' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  assert.equal((await one('Get-Recipient', { Identity: 'anna@contoso.mail.onmicrosoft.test' }))['RecipientTypeDetails'], 'RemoteUserMailbox');
  assert.deepEqual((await run('Get-Recipient', { RecipientTypeDetails: ['MailUser', 'MailContact'] })).map((row) => row['DisplayName']), ['Carl', 'Dora N.']);
  await run('Remove-MailUser', { Identity: 'carl' });
  await run('Remove-MailContact', { Identity: 'Dora N.' });
  await run('Remove-RemoteMailbox', { Identity: 'anna' });
  assert.deepEqual(await run('Get-Recipient', { RecipientTypeDetails: ['MailUser', 'MailContact', 'RemoteUserMailbox'] }), []);
});

test('calendar permissions by mailbox:\\Calendar', async () => {
  await run('New-Mailbox', { Name: 'Erna', UserPrincipalName: 'erna@contoso.test' });
  const rights = async (): Promise<unknown> => (await run('Get-MailboxFolderPermission', { Identity: 'bert@contoso.test:\\calendar' })).map((row) => [row['User'], String(row['AccessRights'])]);
  assert.deepEqual(await rights(), [['Default', 'AvailabilityOnly'], ['Anonymous', 'None']]);
  await run('Set-MailboxFolderPermission', { Identity: 'bert:\\Calendar', User: 'default', AccessRights: 'none' });
  await run('Add-MailboxFolderPermission', { Identity: 'bert:\\Calendar', User: 'erna@contoso.test', AccessRights: 'Reviewer' });
  assert.deepEqual(await rights(), [['Default', 'None'], ['Anonymous', 'None'], ['Erna', 'Reviewer']]);
  await assert.rejects(run('Add-MailboxFolderPermission', { Identity: 'bert:\\Calendar', User: 'erna', AccessRights: 'Reviewer' }), { code: 'MANAGEMENT_OBJECT_EXISTS', message: 'An existing permission entry was found for user: Erna.' });
  await run('Set-MailboxFolderPermission', { Identity: 'bert:\\Calendar', User: 'erna', AccessRights: 'LimitedDetails' });
  await run('Remove-MailboxFolderPermission', { Identity: 'bert:\\Calendar', User: 'erna', Confirm: false });
  await assert.rejects(run('Set-MailboxFolderPermission', { Identity: 'bert:\\Calendar', User: 'erna', AccessRights: 'Reviewer' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND', message: /no existing permission entry found for user: Erna/ });
  await assert.rejects(run('Remove-MailboxFolderPermission', { Identity: 'bert:\\Calendar', User: 'Default' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(run('Get-MailboxFolderPermission', { Identity: 'bert:\\Inbox' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(run('Get-MailboxFolderPermission', { Identity: 'bert' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(run('Set-MailboxFolderPermission', { Identity: 'bert:\\Calendar', User: 'Default', AccessRights: 'Everything' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
});

test('working hours', async () => {
  const shown = await one('Get-MailboxCalendarConfiguration', { Identity: 'bert' });
  assert.deepEqual([shown['WorkDays'], shown['WorkingHoursStartTime'], shown['WorkingHoursEndTime'], shown['WorkingHoursTimeZone']], ['Weekdays', '08:00:00', '17:00:00', 'UTC']);
  await run('Set-MailboxCalendarConfiguration', { Identity: 'bert', WorkDays: 'Monday, wednesday', WorkingHoursStartTime: '09:30', WorkingHoursEndTime: '18:00:00', WorkingHoursTimeZone: 'W. Europe Standard Time' });
  const changed = await one('Get-MailboxCalendarConfiguration', { Identity: 'bert' });
  assert.deepEqual([changed['WorkDays'], changed['WorkingHoursStartTime'], changed['WorkingHoursTimeZone']], ['Monday, Wednesday', '09:30:00', 'W. Europe Standard Time']);
  await run('Set-MailboxCalendarConfiguration', { Identity: 'bert', WorkDays: 'AllDays' });
  assert.equal((await one('Get-MailboxCalendarConfiguration', { Identity: 'bert' }))['WorkDays'], 'AllDays');
  await assert.rejects(run('Set-MailboxCalendarConfiguration', { Identity: 'bert', WorkingHoursEndTime: '07:00' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(run('Set-MailboxCalendarConfiguration', { Identity: 'bert', WorkingHoursTimeZone: 'Nowhere' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(run('Set-MailboxCalendarConfiguration', { Identity: 'bert', WorkDays: 'Someday' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
});
