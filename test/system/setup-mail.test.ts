import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseScript } from '../../src/management/shell/language/parse-script.ts';
import { basic, post } from './lab-fixture.ts';
import { powerShellErrors } from './power-shell-grammar.ts';
import { startSetupFixture } from './setup-fixture.ts';
import type { SetupFixture } from './setup-fixture.ts';

let fixture: SetupFixture;
let untouched: string;
let thumbprint: string;
let certificateName: string;

before(async () => {
  fixture = await startSetupFixture();
  // The certificate that the lab's authority has issued for the mail server, as an administrator would import it.
  const file = (ending: string): string => fixture.read(`certificates/on-premises-smtp.${ending}`);
  const [imported] = await fixture.onPremises.invoke('Import-ExchangeCertificate', { FileData: `${file('pem')}\n${file('key')}` });
  thumbprint = String(imported?.['Thumbprint']);
  await fixture.onPremises.invoke('Enable-ExchangeCertificate', { Thumbprint: thumbprint, Services: ['SMTP'] });
  certificateName = `<I>${String(imported?.['Issuer'])}<S>${String(imported?.['Subject'])}`;
  untouched = await fixture.exported();
});
after(() => fixture.close());

const mail = ['--mail', 'mail.contoso.test'];

test('connectors for mail are planned, made on both sides, found as they should be, changed, and undone to the byte', async () => {
  const { setup, cloud, onPremises, exported, path, read } = fixture;
  const planned = await setup(...mail, '--plan', path('mail.ps1'));
  assert.equal(planned.code, 0, planned.output);
  assert.match(planned.output, /Mail +to mail\.contoso\.test, certificate mail\.contoso\.test/);
  assert.match(read('mail.ps1'), /^New-SendConnector -Name 'Outbound to Office 365 - [0-9a-f-]{36}' -AddressSpaces 'smtp:contoso\.mail\.onmicrosoft\.test;1' .*-TlsAuthLevel 'DomainValidation' -TlsDomain 'mail\.protection\.cloud\.test'/m);
  assert.doesNotMatch(read('mail.ps1'), / -\w+ @\(\)|Exchange Online demands/, 'what is to be empty is left away; the connectors are named');
  assert.deepEqual(await powerShellErrors(read('mail.ps1')), []);
  parseScript(read('mail.ps1'));
  const applied = await setup('--apply', path('mail.ps1.json'));
  assert.equal(applied.code, 0, applied.output);
  const [send] = await onPremises.invoke('Get-SendConnector');
  assert.deepEqual([send?.['RequireTLS'], send?.['TlsCertificateName'], send?.['CloudServicesMailEnabled']], [true, certificateName, true]);
  const receives = await onPremises.invoke('Get-ReceiveConnector');
  assert.ok(receives.length > 0);
  for (const receive of receives) assert.deepEqual(receive['TlsDomainCapabilities'], ['mail.protection.cloud.test:AcceptCloudServicesMail']);
  const [inbound] = await cloud.invoke('Get-InboundConnector');
  assert.deepEqual([inbound?.['ConnectorType'], inbound?.['TlsSenderCertificateName'], inbound?.['SenderDomains']], ['OnPremises', 'mail.contoso.test', ['smtp:*;1']]);
  const [outbound] = await cloud.invoke('Get-OutboundConnector');
  assert.deepEqual([outbound?.['SmartHosts'], outbound?.['TlsDomain'], outbound?.['RouteAllMessagesViaOnPremises'], outbound?.['RecipientDomains']], [['mail.contoso.test'], 'mail.contoso.test', false, ['contoso.test']]);
  const [organization] = await cloud.invoke('Get-OnPremisesOrganization');
  assert.deepEqual([organization?.['InboundConnector'], organization?.['OutboundConnector']], [inbound?.['Name'], outbound?.['Name']]);
  assert.match((await setup(...mail)).output, /Nothing is to be changed/);
  // Mail crosses both ways, as from inside.
  for (const [from, to] of [['bert', 'anna'], ['anna', 'bert']] as const) assert.match(await mailAcross(from, to), /X-MS-Exchange-Organization-AuthAs: Internal\r?\n/, `${from} to ${to}`);
  // Without a word about mail it stays as it is.
  assert.match((await setup()).output, /Nothing is to be changed/);
  const central = await setup(...mail, '--centralized-mail', '--apply');
  assert.match(central.output, /RouteAllMessagesViaOnPremises: \$false → \$true/);
  assert.equal((await cloud.invoke('Get-OutboundConnector'))[0]?.['RouteAllMessagesViaOnPremises'], true);
  for (let run = 0; run < 2; run += 1) assert.equal((await setup('--undo')).code, 0);
  assert.equal(await exported(), untouched);
});

test('a person is asked for name, certificate and way; a name that no certificate has is asked again', async () => {
  const names = ['smtp.fabrikam.test', 'mail.contoso.test'];
  const { output } = await fixture.typed((question) => (/Set secure mail up/.test(question) ? 'yes' : /delivers/.test(question) ? (names.shift() ?? '') : /Update both/.test(question) ? 'no' : ''));
  assert.match(output, /No certificate has the name smtp\.fabrikam\.test\. There are: mail\.contoso\.test/);
  assert.match(output, new RegExp(`${thumbprint}, until \\d{4}-\\d\\d-\\d\\d\\n`));
  assert.match(output, /Centralised mail transport[^]*New-OutboundConnector[^]*Nothing has been changed/);
});

test('what cannot be is refused before anything is changed', async () => {
  assert.match((await fixture.setup('--mail', 'mail.fabrikam.test')).output, /WIZARD_CHOICE: No certificate on premises has the name mail\.fabrikam\.test[^]*Import-ExchangeCertificate/);
  assert.match((await fixture.setup('--mail', 'mail.contoso.test', '--mail-certificate', '0'.repeat(40))).output, /WIZARD_CHOICE: No certificate 0+ on premises/);
  assert.match((await fixture.setup('--centralized-mail')).output, /CLI_SETUP_MAIL/);
  await fixture.onPremises.invoke('New-SendConnector', { Name: 'By hand', AddressSpaces: ['contoso.mail.onmicrosoft.test'], SmartHosts: ['mail.cloud.test'], DNSRoutingEnabled: false });
  const refused = await fixture.setup('--mail', 'mail.contoso.test', '--apply');
  assert.match(refused.output, /WIZARD_PREREQUISITE: [^]*HCW8039 - The address space contoso\.mail\.onmicrosoft\.test belongs to another Send connector: By hand/);
  await fixture.onPremises.invoke('Remove-SendConnector', { Identity: 'By hand', Confirm: false });
  assert.equal(await fixture.exported(), untouched);
});

test('where mail is left as it is, connectors made by hand are named to Exchange Online, which demands them; those that are off are not', async () => {
  const { cloud, setup, path, read, exported } = fixture;
  const lineOf = async (name: string): Promise<string> => {
    assert.equal((await setup('--plan', path(name))).code, 0);
    return /(?:^# Exchange Online demands[^\n]*\n)?^New-CloudOnPremisesOrganization .*$/m.exec(read(name))?.[0] ?? '';
  };
  await cloud.invoke('New-InboundConnector', { Name: 'In by hand', ConnectorType: 'OnPremises', SenderDomains: ['*'], Enabled: true });
  await cloud.invoke('New-OutboundConnector', { Name: 'Out by hand', ConnectorType: 'OnPremises', RecipientDomains: ['contoso.test'], UseMXRecord: false, SmartHosts: ['mail.contoso.test'], Enabled: true });
  assert.match(await lineOf('named.ps1'), /^New-CloudOnPremisesOrganization .* -InboundConnector 'In by hand' -OutboundConnector 'Out by hand'$/);
  const applied = await setup('--apply');
  assert.equal(applied.code, 0, applied.output);
  assert.match((await setup()).output, /Nothing is to be changed/);
  assert.equal((await setup('--undo')).code, 0);
  await cloud.invoke('Set-InboundConnector', { Identity: 'In by hand', Enabled: false });
  assert.match(await lineOf('half.ps1'), /^# Exchange Online demands [^\n]*\nNew-CloudOnPremisesOrganization (?!.*-InboundConnector)/);
  await cloud.invoke('Remove-InboundConnector', { Identity: 'In by hand', Confirm: false });
  await cloud.invoke('Remove-OutboundConnector', { Identity: 'Out by hand', Confirm: false });
  assert.equal(await exported(), untouched);
});

test('uninstalling removes the connectors, too', async () => {
  assert.equal((await fixture.setup(...mail, '--apply')).code, 0);
  const removed = await fixture.setup('--uninstall', '--apply');
  assert.equal(removed.code, 0, removed.output);
  assert.deepEqual([await fixture.onPremises.invoke('Get-SendConnector'), await fixture.cloud.invoke('Get-InboundConnector'), await fixture.cloud.invoke('Get-OutboundConnector')], [[], [], []]);
  for (const receive of await fixture.onPremises.invoke('Get-ReceiveConnector')) assert.deepEqual(receive['TlsDomainCapabilities'], []);
});

/** Sends a message by EWS and gives it as it arrived, as MIME. */
async function mailAcross(from: 'anna' | 'bert', to: 'anna' | 'bert'): Promise<string> {
  const subject = `from ${from} to ${to}`;
  const sent = await ews(from, `<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message><t:Subject>${subject}</t:Subject><t:Body BodyType="Text">Hello</t:Body><t:ToRecipients><t:Mailbox><t:EmailAddress>${to}@contoso.test</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>`);
  assert.match(sent, /<(?:\w+:)?ResponseCode>NoError</, sent);
  for (;;) {
    const found = await ews(to, `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="item:Subject"/><t:FieldURIOrConstant><t:Constant Value="${subject}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction><m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>`);
    const id = /ItemId Id="([^"]+)"/.exec(found)?.[1];
    if (id === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    const item = await ews(to, `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`);
    return Buffer.from(/<(?:\w+:)?MimeContent[^>]*>([^<]*)</.exec(item)?.[1] ?? '', 'base64').toString('latin1');
  }
}

async function ews(who: 'anna' | 'bert', operation: string): Promise<string> {
  const account = fixture.account(who);
  const url = fixture.info.parties[account.side === 'cloud' ? 'cloud' : 'onPremises'].urls['ews'] ?? '';
  const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Header><t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body>${operation}</s:Body></s:Envelope>`;
  return (await post(fixture, url, envelope, { authorization: basic(account) })).text;
}
