import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connectCertificates } from '../../../src/cli/commands/certificates/certificate-connections.ts';
import { createConnectors } from '../../../src/cli/shell/shell-connections.ts';
import { catalogue, ownCodes } from '../../../src/doctor/index.ts';
import type { CommandStep } from '../../../src/doctor/index.ts';
import { systemClock } from '../../../src/foundation/index.ts';
import { createShell, describeCmdlets } from '../../../src/management/index.ts';
import type { Shell, ShellConnection } from '../../../src/management/index.ts';
import type { LabFixture } from '../lab-fixture.ts';
import { startLabFixture } from '../lab-fixture.ts';

/** Lines of Exchange’s shells and of Graph PowerShell; the other places are other programs’. */
const places = { 'on-premises': 'OnPremises', cloud: 'Cloud', tenant: 'Tenant' } as const;
type Shelled = keyof typeof places;

const lines: readonly (CommandStep & { on: Shelled })[] = [...new Map([...catalogue, ...ownCodes.values()]
  .flatMap(({ check, causes }) => [...check, ...causes.flatMap(({ proof, repair }) => [...proof, ...repair])])
  .flatMap((step) => ('run' in step && step.on in places ? [[`${step.on} ${step.run}`, step as CommandStep & { on: Shelled }] as const] : []))).values()];

/** Cmdlets of Exchange, Windows and Graph that Hybridge does not have. The index of the failure pages names them. */
const onlyElsewhere: readonly string[] = ['Get-ADObject', 'Get-ExchangeDiagnosticInfo', 'Get-MailboxFolderStatistics', 'Get-MgServiceAnnouncementHealthOverview', 'Get-OutlookAnywhere', 'New-ReceiveConnector', 'Set-ExchangeServer', 'Test-ServiceHealth'];

let fixture: LabFixture;
let shells: Record<Shelled, Shell>;
let close: () => Promise<void>;
let screen: string[] = [];

before(async () => {
  fixture = await startLabFixture({ freeBusy: 'both' });
  const surroundings = { env: {}, stdout: { write: () => true, isTTY: false }, stderr: { write: () => true, isTTY: false }, once: () => undefined } as unknown as Parameters<typeof connectCertificates>[1];
  const connected = connectCertificates({ tls: [], state: fixture.directory }, surroundings, () => {});
  ({ close } = connected);
  const { sessions } = connected.sources;
  const put = (text: string): void => void screen.push(text);
  const administrator = fixture.info.accounts.find(({ kind, side }) => kind === 'administrator' && side === 'on-premises');
  const answers = [administrator?.userName ?? '', administrator?.password ?? ''];
  let asked = 0;
  const shellAt = (on: Shelled): Shell => {
    const session = sessions[places[on]];
    assert.ok(session !== undefined, on);
    const connections: ShellConnection[] = [{ name: on, session, cmdlets: describeCmdlets(places[on]), prefix: '', open: true }];
    const relay = sessions.Relay;
    if (on === 'on-premises' && relay !== undefined) connections.unshift({ name: 'Hybrid', session: relay, cmdlets: describeCmdlets('Relay'), prefix: '', open: true });
    return createShell({
      connections,
      connectors: createConnectors(sessions, { httpClient: fixture.httpClient, onWarning: put }),
      host: { width: 120, clock: systemClock, interactive: true, write: put, page: async (texts) => texts.forEach(put), writeHost: put, writeError: (texts) => texts.forEach(put), writeWarning: put, writeVerbose: put, ask: async (prompt) => (/user|name/i.test(prompt) || /pass/i.test(prompt) ? answers[asked++ % 2] : 'Y'), readFile: async () => Buffer.from('no certificate'), writeFile: () => Promise.reject(new Error('no files here')), pathType: async () => undefined,
 environment: () => undefined, signal: new AbortController().signal },
    });
  };
  shells = { 'on-premises': shellAt('on-premises'), cloud: shellAt('cloud'), tenant: shellAt('tenant') };
}, { timeout: 600_000 });
after(async () => {
  await close();
  await fixture.close();
});

/** A shell’s own refusals: what is written there is no PowerShell, no cmdlet, or has no such parameter. */
const wrongLine = /FullyQualifiedErrorId : SHELL_|Cannot process argument|Property "\w+" cannot be found/;
/** The certificates of a Windows machine, which are folders there and not here. */
const certificateStore = /Get-ChildItem Cert:/;
const unknownCmdlet = /The term '([\w-]+)' is not recognized/;

test('every line of a shell that the knowledge prints is one that this shell takes', { timeout: 900_000 }, async (t) => {
  assert.ok(lines.length > 150, `only ${lines.length} lines`);
  const wrong: string[] = [];
  const refused: string[] = [];
  const unknown = new Set<string>();
  for (const { on, run } of lines) {
    screen = [];
    const shell = shells[on];
    const before = shell.errorCount;
    await shell.run(filled(run));
    const text = screen.join('\n');
    const [, cmdlet] = unknownCmdlet.exec(text) ?? [];
    if (cmdlet !== undefined) unknown.add(cmdlet);
    else if (wrongLine.test(text) && !certificateStore.test(run)) wrong.push(`${on}: ${run}\n  ${text.slice(0, 300)}`);
    else if (shell.errorCount > before) refused.push(`${on}: ${run}\n  ${text.slice(0, 200)}`);
  }
  t.diagnostic(`${lines.length} lines, ${refused.length} of them refused by their cmdlets for what this lab has not`);
  for (const line of refused) t.diagnostic(line);
  assert.deepEqual(wrong, []);
  assert.deepEqual([...unknown].sort(), onlyElsewhere);
  const index = readFileSync(join(import.meta.dirname, '../../../docs/failures/README.md'), 'utf8');
  for (const cmdlet of onlyElsewhere) assert.ok(index.includes(`\`${cmdlet}\``), `${cmdlet} is not marked as one of another shell`);
});

/** The reader’s own names: people and hosts of the lab. */
function filled(run: string): string {
  return run.replaceAll(/<([^<>]+)>/g, (_, name: string) => values[name] ?? 'contoso');
}

const values: Readonly<Record<string, string>> = {
  'cloud user': 'anna@contoso.test',
  'on-premises user': 'bert@contoso.test',
  user: 'bert@contoso.test',
  person: 'anna@contoso.test',
  address: 'anna@contoso.test',
  domain: 'contoso.test',
  'on-premises host': 'mail.contoso.test',
  'external host': 'mail.contoso.test',
  'internal host': 'mail.contoso.test',
  'a name of the certificate': 'mail.contoso.test',
  endpoint: 'mail.contoso.test',
  'autodiscover host': 'autodiscover.contoso.test',
  'application id': '00000002-0000-0ff1-ce00-000000000000',
  'client id': '00000002-0000-0ff1-ce00-000000000000',
  id: '11111111-2222-4333-8444-555555555555',
  guid: '11111111-2222-4333-8444-555555555555',
  'endpoint guid': '11111111-2222-4333-8444-555555555555',
  'cloud relationship': 'O365 to On-premises*',
  'on-premises relationship': 'On-premises to O365*',
  'cloud connector': 'HybridIOC*',
  'federation trust': 'Microsoft Federation Gateway',
  evosts: 'EvoSts*',
  'auth server': 'EvoSts*',
  'time zone': 'W. Europe Standard Time',
  room: 'room1@contoso.test',
  proxy: 'proxy.contoso.test',
  port: '8080',
  thumbprint: '5F3CA11E00C0FFEE5F3CA11E00C0FFEE5F3CA11E',
  'account namespace': 'FYDIBOHF25SPDLT.contoso.test',
  'application uri': 'FYDIBOHF25SPDLT.contoso.test',
  'routing address': 'anna@contoso.mail.onmicrosoft.test',
  'tenant domain': 'contoso.onmicrosoft.test',
  'new password': 'Changed-4711-again',
  new: 'Changed-4711-again',
  base64: 'TUlJQg==',
  'the others': 'SMTP:fabrikam.test',
};
