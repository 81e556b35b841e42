import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recipient } from '../../organization/index.ts';
import { parseXml, readSoapEnvelope } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { createAutodiscoverService } from './autodiscover-service.ts';
import { autodiscoverNamespace } from './autodiscover-namespaces.ts';
import { createPoxAutodiscoverService } from './pox-autodiscover-service.ts';

const person = (alias: string, more: Partial<Recipient> = {}): Recipient => ({
  guid: alias,
  recipientTypeDetails: 'UserMailbox',
  displayName: `${alias} & sons`,
  alias,
  primarySmtpAddress: `${alias}@contoso.test`,
  emailAddresses: [`${alias}@contoso.test`],
  ...more,
});
const recipients = [
  person('bert'),
  person('anna', { recipientTypeDetails: 'RemoteUserMailbox', externalEmailAddress: 'SMTP:anna@contoso.mail.onmicrosoft.test' }),
  person('carl', { recipientTypeDetails: 'MailUser', externalEmailAddress: 'carl@contoso.test' }),
];
const context = { requestId: 'request-0001', signal: new AbortController().signal };
const answers = {
  resolveRecipient: (address: string) => Promise.resolve(recipients.find((recipient) => recipient.emailAddresses.includes(address.toLowerCase()))),
  urls: () => ({ externalEwsUrl: 'https://mail.contoso.test/EWS/Exchange.asmx', internalEwsUrl: 'https://ex1.contoso.test/EWS/Exchange.asmx' }),
};
const service = createPoxAutodiscoverService({ ...answers, clock: { now: () => Date.UTC(2026, 0, 1, 12) } });
const outlook = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

const question = (address: string, schema = outlook): string =>
  `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>${address}</EMailAddress><AcceptableResponseSchema>${schema}</AcceptableResponseSchema></Request></Autodiscover>`;

async function ask(body: string): Promise<XmlElement> {
  const answer = await service.handle({ body: Buffer.from(body), contentType: 'text/xml; charset=utf-8', context });
  assert.equal(answer.status, 200);
  return parseXml(answer.body);
}

/** Elements with text, as `name=text`, in order. */
function leaves(element: XmlElement): string[] {
  return element.children.length === 0 ? [`${element.local}=${element.text}`] : element.children.flatMap(leaves);
}

test('POX: settings of a mailbox, from inside and from outside', async () => {
  const root = await ask(question('Bert@contoso.test'));
  assert.deepEqual(leaves(root), [
    'DisplayName=bert & sons', 'AutoDiscoverSMTPAddress=bert@contoso.test', 'AccountType=email', 'Action=settings',
    'Type=EXCH', 'Server=ex1.contoso.test', ...['ASUrl', 'EwsUrl', 'OOFUrl'].map((name) => `${name}=https://ex1.contoso.test/EWS/Exchange.asmx`),
    'Type=EXPR', 'Server=mail.contoso.test', 'SSL=On', ...['ASUrl', 'EwsUrl', 'OOFUrl'].map((name) => `${name}=https://mail.contoso.test/EWS/Exchange.asmx`),
  ]);
  assert.equal(root.children[0]?.namespace, outlook);
});

test('POX: whoever is elsewhere is asked for there, unless that leads in a circle', async () => {
  assert.deepEqual(leaves(await ask(question('anna@contoso.test'))), ['AccountType=email', 'Action=redirectAddr', 'RedirectAddr=anna@contoso.mail.onmicrosoft.test']);
  assert.ok(leaves(await ask(question('carl@contoso.test'))).includes('ErrorCode=500'));
});

test('POX: what cannot be answered gets the published code', async () => {
  const codes: Readonly<Record<string, string>> = {
    [question('nobody@contoso.test')]: '500',
    '': '600',
    '<nonsense': '600',
    '<!DOCTYPE x [<!ENTITY e "x">]><x/>': '600',
    [question('')]: '600',
    [question('bert@contoso.test', 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006')]: '601',
  };
  for (const [body, code] of Object.entries(codes)) assert.ok(leaves(await ask(body)).includes(`ErrorCode=${code}`), body);
});

test('SOAP: GetDomainSettings knows the domains of the organisation and two settings', async () => {
  const soap = createAutodiscoverService({ ...answers, federationInformation: (domain) => (domain === 'contoso.test' ? 'NotFederated' : 'InvalidDomain'), serverVersion: { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1544, minorBuildNumber: 25, version: 'Exchange2016' } });
  const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="${autodiscoverNamespace}"><s:Header><a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion></s:Header><s:Body><a:GetDomainSettingsRequestMessage><a:Request><a:Domains><a:Domain>contoso.test</a:Domain><a:Domain>other.test</a:Domain></a:Domains><a:RequestedSettings><a:Setting>ExternalEwsUrl</a:Setting><a:Setting>ExternalEwsVersion</a:Setting><a:Setting>Odd</a:Setting></a:RequestedSettings></a:Request></a:GetDomainSettingsRequestMessage></s:Body></s:Envelope>`;
  const answer = await soap.handle({ body: Buffer.from(body), context, requester: { recipient: person('bert'), origin: 'local' } });
  const [element] = readSoapEnvelope(parseXml(answer.body)).body;
  assert.ok(element !== undefined);
  assert.deepEqual(leaves(element), [
    'ErrorCode=NoError', 'ErrorMessage=',
    'ErrorCode=NoError', 'ErrorMessage=No error.', 'ErrorCode=InvalidSetting', 'ErrorMessage=The requested setting is not valid.', 'SettingName=Odd',
    'Name=ExternalEwsUrl', 'Value=https://mail.contoso.test/EWS/Exchange.asmx', 'Name=ExternalEwsVersion', 'Value=15.02.1544.025', 'RedirectTarget=',
    'ErrorCode=InvalidDomain', 'ErrorMessage=The domain is not one of this organization.', 'DomainSettingErrors=', 'DomainSettings=', 'RedirectTarget=',
  ]);
});
