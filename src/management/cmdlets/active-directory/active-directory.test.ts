import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ServedExchange } from '../../admin-api/served-exchange.ts';
import { serveExchange } from '../../admin-api/served-exchange.ts';

type Row = Readonly<Record<string, unknown>>;
let premises: ServedExchange;
before(async () => {
  premises = await serveExchange();
  await premises.organization.configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test', Default: true });
  await run('New-Mailbox', { Name: 'Bert (Sales) Baker', Alias: 'bert', UserPrincipalName: 'bert@contoso.test', FirstName: 'Bert', LastName: 'Baker' });
  await run('New-MailUser', { Name: 'Berta', Alias: 'berta', UserPrincipalName: 'berta@contoso.test', ExternalEmailAddress: 'berta@elsewhere.test' });
  await run('New-RemoteMailbox', { Name: 'Anna', UserPrincipalName: 'anna@contoso.test', RemoteRoutingAddress: 'anna@contoso.mail.onmicrosoft.test', AccountDisabled: true });
});
after(() => premises.close());

const run = (cmdlet: string, parameters: Row = {}): Promise<readonly Row[]> => premises.session.invoke(cmdlet, parameters);
const one = async (Identity: string, Properties: string[] = []): Promise<Row> => (await run('Get-ADUser', { Identity, Properties }))[0] ?? {};

test('LDAP filters find accounts as Active Directory does', async () => {
  const guid = (await one('bert'))['ObjectGUID'] as string;
  const [first, second, third] = guid.split('-').map((group) => group.match(/../g) ?? []);
  const bytes = [...(first ?? []).toReversed(), ...(second ?? []).toReversed(), ...(third ?? []).toReversed(), ...(guid.slice(19).replace('-', '').match(/../g) ?? [])];
  const cases: [filter: string, found: string[]][] = [
    ['(mailNickname=BERT*)', ['bert', 'berta']],
    ['mailNickname=berta', ['berta']],
    ['(&(objectCategory=person)(objectClass=user)(sn=*))', ['bert']],
    ['(!(sn=*))', ['administrator', 'anna', 'berta']],
    ['(!sn=*)', ['administrator', 'anna', 'berta']],
    ['(|(givenName=bert)(targetAddress=smtp:berta@elsewhere.test))', ['bert', 'berta']],
    ['(displayName=Bert \\28sales\\29*r)', ['bert']],
    ['(userAccountControl:1.2.840.113556.1.4.803:=2)', ['anna']],
    ['(userAccountControl:1.2.840.113556.1.4.803:=514)', ['anna']],
    ['(userAccountControl:1.2.840.113556.1.4.804:=514)', ['administrator', 'anna', 'bert', 'berta']],
    ['(msExchRecipientTypeDetails=2147483648)', ['anna']],
    ['(&(msExchRecipientTypeDetails>=2)(msExchRecipientTypeDetails<=200))', ['berta']],
    ['(proxyAddresses=smtp:anna@contoso.mail*)', ['anna']],
    [`(objectGUID=${bytes.map((byte) => `\\${byte}`).join('')})`, ['bert']],
    ['(anr=bak)', ['bert']],
    ['(whenCreated>=20010101000000.0Z)', ['administrator', 'anna', 'bert', 'berta']],
    ['(employeeID=*)', []],
  ];
  for (const [LDAPFilter, found] of cases) assert.deepEqual((await run('Get-ADUser', { LDAPFilter })).map(({ SamAccountName }) => String(SamAccountName)).toSorted(), found, LDAPFilter);
  for (const LDAPFilter of ['(', '(&)', '(sn=*))', '(sn', '(sn=a)(sn=b)', '(sn=\\2)', '(userAccountControl:1.2.3:=2)', `${'(!'.repeat(300)}(sn=*)${')'.repeat(300)}`]) await assert.rejects(run('Get-ADUser', { LDAPFilter }), { code: 'MANAGEMENT_PARAMETER_INVALID', message: 'The search filter cannot be recognized.' }, LDAPFilter);
});

test('where and how far is searched, and one way of naming at a time', async () => {
  const count = async (parameters: Row): Promise<number> => (await run('Get-ADUser', { Filter: '*', ...parameters })).length;
  assert.deepEqual([await count({ SearchBase: 'DC=contoso, dc=test' }), await count({ SearchScope: 'OneLevel', ResultPageSize: 2 }), await count({ SearchScope: 'Base' }), await count({ ResultSetSize: 2 })], [4, 4, 0, 2]);
  await assert.rejects(count({ SearchBase: 'OU=Sales,DC=contoso,DC=test' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND', message: 'Directory object not found' });
  await assert.rejects(count({ LDAPFilter: '(sn=*)' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  await assert.rejects(run('Get-ADUser'), { code: 'MANAGEMENT_PARAMETER_MISSING' });
});

test('properties come in the order of their names, by the cmdlet’s names and by LDAP’s', async () => {
  assert.deepEqual(Object.keys(await one('anna')), ['Enabled', 'GivenName', 'Name', 'ObjectClass', 'ObjectGUID', 'SamAccountName', 'Surname', 'UserPrincipalName']);
  const anna = await one('anna', ['targetAddress', 'mail', 'userAccountControl', 'msexchrecipienttypedetails']);
  assert.deepEqual(Object.keys(anna), ['Enabled', 'GivenName', 'mail', 'msExchRecipientTypeDetails', 'Name', 'ObjectClass', 'ObjectGUID', 'SamAccountName', 'Surname', 'targetAddress', 'userAccountControl', 'UserPrincipalName']);
  assert.deepEqual([anna['targetAddress'], anna['mail'], anna['userAccountControl'], anna['msExchRecipientTypeDetails']], ['SMTP:anna@contoso.mail.onmicrosoft.test', 'anna@contoso.test', 514, 2_147_483_648]);
});

test('Set-ADUser changes attributes by their LDAP names: removed, added, replaced, cleared', async () => {
  const addresses = async (): Promise<unknown> => (await one('bert', ['proxyAddresses']))['proxyAddresses'];
  await run('Set-ADUser', { Identity: 'bert', Add: { proxyAddresses: ['smtp:b1@contoso.test', 'smtp:b2@contoso.test'] } });
  assert.deepEqual(await addresses(), ['SMTP:bert@contoso.test', 'smtp:b1@contoso.test', 'smtp:b2@contoso.test']);
  await run('Set-ADUser', { Identity: 'bert', Remove: { proxyAddresses: 'smtp:Bert@contoso.test' }, Add: { proxyAddresses: 'SMTP:b2@contoso.test' }, Replace: { sn: 'Brewer' }, Clear: ['givenName'] });
  assert.deepEqual(await addresses(), ['SMTP:b2@contoso.test', 'smtp:b1@contoso.test']);
  const bert = await one('bert');
  assert.deepEqual([bert['Surname'], bert['GivenName']], ['Brewer', null]);
  const [passed] = await run('Set-ADUser', { Identity: 'bert', EmailAddress: 'bert@contoso.test', PasswordNeverExpires: true, PassThru: true });
  assert.equal(passed?.['ObjectGUID'], bert['ObjectGUID']);
  assert.deepEqual(await addresses(), ['SMTP:bert@contoso.test', 'smtp:b2@contoso.test', 'smtp:b1@contoso.test']);
  await run('Set-ADUser', { Identity: 'anna', Replace: { targetAddress: 'SMTP:anna2@contoso.mail.onmicrosoft.test', mailNickname: 'anni' } });
  assert.deepEqual((await run('Get-RemoteMailbox', { Identity: 'anni' })).map(({ RemoteRoutingAddress }) => RemoteRoutingAddress), ['SMTP:anna2@contoso.mail.onmicrosoft.test']);
  const invalid = { code: 'MANAGEMENT_INVALID_VALUE' };
  await assert.rejects(run('Set-ADUser', { Identity: 'bert', Add: { sn: 'Again' } }), { ...invalid, message: /takes one value/ });
  await assert.rejects(run('Set-ADUser', { Identity: 'bert', Replace: { sn: ['a', 'b'] } }), { ...invalid, message: /takes one value/ });
  await assert.rejects(run('Set-ADUser', { Identity: 'bert', Clear: ['proxyAddresses'] }), { ...invalid, message: /at least one address/ });
  await assert.rejects(run('Set-ADUser', { Identity: 'bert', Clear: ['userPrincipalName'] }), { ...invalid, message: /can't be emptied/ });
  await assert.rejects(run('Set-ADUser', { Identity: 'bert', Add: { employeeType: 'x' } }), { ...invalid, message: /does not exist: employeeType/ });
  await assert.rejects(run('Set-ADUser', { Identity: 'bert', PasswordNeverExpires: false }), invalid);
  await assert.rejects(run('Set-ADUser', { Identity: 'bert', Department: 'Sales' }), { code: 'MANAGEMENT_PARAMETER_INVALID', message: /only the names are kept/ });
});
