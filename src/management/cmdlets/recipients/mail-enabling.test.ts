import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ServedExchange } from '../../admin-api/served-exchange.ts';
import { serveExchange } from '../../admin-api/served-exchange.ts';

type Row = Readonly<Record<string, unknown>>;
let premises: ServedExchange;
before(async () => {
  premises = await serveExchange();
  const { configuration } = premises.organization;
  await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test', Default: true });
  await configuration.create('AcceptedDomain', 'routing', { DomainName: 'contoso.mail.onmicrosoft.test' });
});
after(() => premises.close());

const run = (cmdlet: string, parameters: Row = {}): Promise<readonly Row[]> => premises.session.invoke(cmdlet, parameters);

test('mail is taken from an account and given to it, here, in the cloud and elsewhere', async () => {
  const { directory } = premises.organization;
  await run('New-Mailbox', { Name: 'Olga Orff', UserPrincipalName: 'olga@contoso.test', Password: 'Pa55word!' });
  await run('Add-RoleGroupMember', { Identity: 'Recipient Management', Member: 'olga' });
  assert.deepEqual(await run('Disable-Mailbox', { Identity: 'olga@contoso.test' }), []);

  // Nobody reaches her by mail or sees her among recipients; the account, its password and its roles are there.
  assert.equal(await directory.resolve('olga@contoso.test'), undefined);
  assert.deepEqual((await run('Get-Recipient', { Anr: 'Olga' })).length, 0);
  await assert.rejects(run('Get-Mailbox', { Identity: 'olga' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  const [user] = await run('Get-User', { Identity: 'olga', RecipientTypeDetails: 'User' });
  assert.deepEqual([user?.['RecipientType'], user?.['RecipientTypeDetails'], user?.['WindowsEmailAddress'], user?.['UserPrincipalName']], ['User', 'User', null, 'olga@contoso.test']);
  assert.equal((await directory.checkPassword('olga@contoso.test', 'Pa55word!'))?.displayName, 'Olga Orff');
  assert.deepEqual((await run('Get-RoleGroupMember', { Identity: 'Recipient Management' })).map(({ Name }) => Name), ['Olga Orff']);
  // Her address is free for others, and not for her as long as one of them has it.
  await run('New-MailContact', { Name: 'Olga elsewhere', Alias: 'elsewhere', ExternalEmailAddress: 'olga@contoso.test' });
  await assert.rejects(run('Enable-Mailbox', { Identity: 'olga', PrimarySmtpAddress: 'olga@contoso.test' }), { code: 'MANAGEMENT_OBJECT_EXISTS' });
  await run('Remove-MailContact', { Identity: 'elsewhere' });

  const [remote] = await run('Enable-RemoteMailbox', { Identity: 'olga' });
  assert.deepEqual([remote?.['RecipientTypeDetails'], remote?.['RemoteRoutingAddress'], remote?.['EmailAddresses']], ['RemoteUserMailbox', 'SMTP:olga@contoso.mail.onmicrosoft.test', ['SMTP:olga@contoso.test', 'smtp:olga@contoso.mail.onmicrosoft.test']]);
  await run('Disable-RemoteMailbox', { Identity: 'olga', IgnoreLegalHold: true });
  const [elsewhere] = await run('Enable-MailUser', { Identity: 'olga', ExternalEmailAddress: 'SMTP:olga@fabrikam.test', Alias: 'oo' });
  assert.deepEqual([elsewhere?.['RecipientTypeDetails'], elsewhere?.['Alias'], elsewhere?.['PrimarySmtpAddress'], elsewhere?.['ExternalEmailAddress']], ['MailUser', 'oo', 'olga@fabrikam.test', 'SMTP:olga@fabrikam.test']);
  await run('Disable-MailUser', { Identity: 'oo' });
  const [again] = await run('Enable-Mailbox', { Identity: 'oo', DisplayName: 'Room O', Room: true });
  assert.deepEqual([again?.['RecipientTypeDetails'], again?.['DisplayName'], again?.['PrimarySmtpAddress'], again?.['ExchangeGuid']], ['RoomMailbox', 'Room O', 'oo@contoso.test', user?.['Guid']]);
});

test('who has mail is not given more, who has none is told so, and -WhatIf leaves everything', async () => {
  await run('New-Mailbox', { Name: 'Carl', UserPrincipalName: 'carl@contoso.test' });
  for (const cmdlet of ['Enable-Mailbox', 'Enable-RemoteMailbox']) {
    await assert.rejects(run(cmdlet, { Identity: 'carl' }), { code: 'MANAGEMENT_INVALID_VALUE', message: 'This task does not support recipients of this type. The specified recipient Carl is of type UserMailbox. Please make sure that this recipient matches the required recipient type for this task.' });
  }
  await assert.rejects(run('Enable-MailUser', { Identity: 'carl' }), { code: 'MANAGEMENT_PARAMETER_MISSING', message: /ExternalEmailAddress/ });
  await assert.rejects(run('Enable-Mailbox', { Identity: 'nobody' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND', message: /object 'nobody' couldn't be found/ });
  await assert.rejects(run('Disable-MailUser', { Identity: 'carl' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(run('Disable-Mailbox', { Identity: '*' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(run('Disable-Mailbox', { Identity: 'carl', Archive: true }), { code: 'MANAGEMENT_PARAMETER_INVALID', message: /no archive mailboxes/ });
  premises.warnings.length = 0;
  await run('Disable-Mailbox', { Identity: 'carl', WhatIf: true });
  assert.match(premises.warnings.join(), /What if: Performing the operation "Disable-Mailbox" on target "Carl"/);
  assert.equal((await run('Get-Mailbox', { Identity: 'carl' })).length, 1);
});
