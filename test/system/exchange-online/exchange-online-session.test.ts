import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Agent } from 'undici';
import { createConnectors } from '../../../src/cli/shell/shell-connections.ts';
import { systemClock } from '../../../src/foundation/index.ts';
import { createShell } from '../../../src/management/index.ts';
import type { PublishedCmdlet, StrictAdminApi } from './strict-admin-api.ts';
import { startStrictAdminApi } from './strict-admin-api.ts';

const tenant = 'contoso.onmicrosoft.com';
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenFor = (claims: object): string => `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ aud: 'https://outlook.office365.com', tid: '01234567-89ab-cdef-0123-456789abcdef', ...claims })}.c2ln`;

/** As the service writes a row: annotated with types where JSON has none. */
const mailbox = (name: string): Record<string, unknown> => ({
  'ExchangeGuid@data.type': 'System.Guid',
  ExchangeGuid: '8b8a6a4f-6d1b-4a53-9f2a-9a3b6a2b4c5d',
  Name: name,
  Identity: name,
  Alias: name.toLowerCase(),
  'PrimarySmtpAddress@odata.type': '#String',
  PrimarySmtpAddress: `${name.toLowerCase()}@contoso.com`,
  'EmailAddresses@odata.type': '#Collection(String)',
  EmailAddresses: [`SMTP:${name.toLowerCase()}@contoso.com`],
  'WhenChanged@data.type': 'System.DateTime',
  WhenChanged: '2026-11-20T10:15:00.0000000Z',
  'WhenMailboxCreated@odata.type': '#DateTimeOffset',
});

const cmdlets: Readonly<Record<string, PublishedCmdlet>> = {
  'Get-Mailbox': { parameters: ['Identity', 'ResultSize', 'Filter', 'Archive'], rows: ['Anna', 'Bert', 'Chen', 'Dana', 'Emil'].map(mailbox), warnings: ['There are more results available than are currently displayed.'] },
  'Set-Mailbox': { parameters: ['Identity', 'EmailAddresses', 'HiddenFromAddressListsEnabled', 'ForwardingSmtpAddress', 'WhatIf', 'Confirm'] },
  'Remove-Mailbox': { parameters: ['Identity', 'Confirm'] },
  'Get-CASMailbox': { parameters: ['Identity'], rows: [{ Name: 'Anna', EwsEnabled: null }] },
  'Get-MailboxPermission': { parameters: ['Identity'], refusal: { status: 404, code: 'NotFound', detail: "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'nobody' couldn't be found on 'DB7PR04A001DC01.EURPR04A001.PROD.OUTLOOK.COM'." } },
  'Get-Recipient': { parameters: ['Identity', 'ResultSize'], refusal: { status: 400, code: 'BadRequest', detail: "Ex9E65A2|Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException|The operation couldn't be performed because 'a' matches multiple entries." } },
};

interface Opened {
  service: StrictAdminApi;
  /** Runs a line and gives what the screen shows. */
  type(line: string): Promise<string>;
}

async function open(t: TestContext, options: { claims?: object; connect?: string } = {}): Promise<Opened> {
  const token = tokenFor(options.claims ?? {});
  const service = await startStrictAdminApi({ tenant, token, pageSize: 2, cmdlets });
  const httpClient = new Agent();
  t.after(async () => {
    await httpClient.close();
    await service.close();
  });
  const lines: string[] = [];
  const put = (text: string): void => void lines.push(text);
  const shell = createShell({
    connectors: createConnectors({}, { httpClient, onWarning: (message) => put(`WARNING: ${message}`) }),
    host: { width: 120, clock: systemClock, interactive: false, write: put, page: async (texts) => texts.forEach(put), writeHost: put, writeError: (texts) => texts.forEach(put), writeWarning: put, writeVerbose: put, ask: async () => undefined, readFile: () => Promise.reject(new Error('no files here')), writeFile: () => Promise.reject(new Error('no files here')), pathType: async () => undefined,
 environment: () => undefined, signal: new AbortController().signal },
  });
  const type = async (line: string): Promise<string> => {
    lines.length = 0;
    await shell.run(line);
    return lines.join('\n');
  };
  assert.equal(await type(`Connect-ExchangeOnline -AccessToken '${token}' -ConnectionUri ${service.url} ${options.connect ?? `-Organization ${tenant}`}`), '');
  return { service, type };
}

test('what an administrator types goes over the wire as published clients send it, and nothing else does', async (t) => {
  const { service, type } = await open(t);
  assert.match(await type('Get-Mailbox | Format-Table Name,PrimarySmtpAddress,WhenChanged -AutoSize'), /WARNING: There are more results[\s\S]*Name PrimarySmtpAddress WhenChanged\n---- -+ -+\nAnna anna@contoso\.com {3}11\/20\/2026 10:15:00 AM\n[\s\S]*Emil emil@contoso\.com/);
  assert.equal(await type('(Get-Mailbox Anna | Get-Member).Name -contains "ExchangeGuid@data.type"'), 'WARNING: There are more results available than are currently displayed.\nFalse');
  await type("Set-Mailbox anna -EmailAddresses @{add='a@contoso.com','b@contoso.com'; remove='c@contoso.com'} -Confirm:$false -Verbose");
  await type('Set-Mailbox -Identity anna -HiddenFromAddressListsEnabled $true -WhatIf -ErrorAction Stop -OutVariable x');
  await type("$p = @{ Identity = 'anna'; ForwardingSmtpAddress = $null }; Set-Mailbox @p");
  await type('Remove-Mailbox anna -Confirm:$false');
  await type("Get-Mailbox -ResultSize Unlimited -Filter \"Alias -like 'a*'\" -Archive | Out-Null");
  await type('Get-Mailbox Anna | Get-CASMailbox | Out-Null');
  assert.deepEqual(service.violations, []);
  assert.deepEqual(
    service.calls.slice(2).map(({ cmdlet, parameters }) => [cmdlet, parameters]),
    [
      ['Set-Mailbox', { Identity: 'anna', EmailAddresses: { '@odata.type': '#Exchange.GenericHashTable', add: ['a@contoso.com', 'b@contoso.com'], remove: 'c@contoso.com' }, Confirm: false }],
      ['Set-Mailbox', { Identity: 'anna', HiddenFromAddressListsEnabled: true, WhatIf: true }],
      ['Set-Mailbox', { Identity: 'anna', ForwardingSmtpAddress: null }],
      ['Remove-Mailbox', { Identity: 'anna', Confirm: false }],
      ['Get-Mailbox', { Filter: "Alias -like 'a*'", ResultSize: 'Unlimited', Archive: true }],
      ['Get-Mailbox', { Identity: 'Anna' }],
      ...['Anna', 'Bert', 'Chen', 'Dana', 'Emil'].map((Identity) => ['Get-CASMailbox', { Identity }]),
    ],
  );
});

test('the request is routed by whoever the token is for', async (t) => {
  const asUser = await open(t, { claims: { upn: 'admin@contoso.com' } });
  await asUser.type('Get-CASMailbox');
  const asApplication = await open(t);
  await asApplication.type('Get-CASMailbox');
  const named = await open(t, { connect: `-Organization ${tenant} -UserPrincipalName other@contoso.com` });
  await named.type('Get-CASMailbox');
  assert.deepEqual([asUser, asApplication, named].map(({ service }) => service.calls[0]?.anchor), ['UPN:admin@contoso.com', `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenant}`, 'UPN:other@contoso.com']);
  assert.deepEqual([asUser, asApplication, named].flatMap(({ service }) => service.violations), []);
});

test('published refusals are shown in the service’s words, with codes to decide on', async (t) => {
  const { service, type } = await open(t);
  assert.match(await type('Get-MailboxPermission nobody'), /object 'nobody' couldn't be found on 'DB7PR04A001DC01[\s\S]*MANAGEMENT_OBJECT_NOT_FOUND/);
  assert.match(await type('Get-Recipient a'), /'a' matches multiple entries\.[\s\S]*MANAGEMENT_OBJECT_AMBIGUOUS/);
  assert.match(await type('Get-Nonsense'), /The term 'Get-Nonsense' is not recognized as a name of a cmdlet[\s\S]*MANAGEMENT_CMDLET_NOT_FOUND/);
  assert.match(await type('Get-Mailbox -Colour blue'), /matches parameter name 'Colour'\.[\s\S]*MANAGEMENT_PARAMETER_INVALID/);
  assert.deepEqual(service.violations, []);
});

test('a throttled request waits as long as it is told, and is sent again as a new request', async (t) => {
  const { service, type } = await open(t);
  service.throttle.push('1', new Date().toUTCString());
  assert.match(await type('(Get-CASMailbox).Name'), /WARNING: The service was asked too often and takes Get-CASMailbox again in 1 s\.[\s\S]*\nAnna$/);
  service.throttle.push('86400');
  assert.match(await type('Get-CASMailbox'), /Too many requests[\s\S]*MANAGEMENT_THROTTLED/);
  assert.deepEqual(service.violations, []);
});

test('a token that the service does not take is said to be so', async (t) => {
  const { type } = await open(t);
  const { service } = await open(t);
  await type(`Connect-ExchangeOnline -AccessToken x.y.z -Organization ${tenant} -ConnectionUri ${service.url}`);
  assert.match(await type('Get-CASMailbox'), /MANAGEMENT_UNAUTHENTICATED/);
});
