import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { createSetupCommand } from '../../src/cli/commands/setup/create-setup-command.ts';
import { createRequestId } from '../../src/foundation/index.ts';
import { connectExchange } from '../../src/management/index.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import { parseScript } from '../../src/management/shell/language/parse-script.ts';
import { createRelayAdminClient } from '../../src/relay/index.ts';
import { describeError, exitCodeOf } from '../../src/service/index.ts';
import { printCollectScript } from '../../src/wizard/index.ts';
import { findAttribute, parseXml } from '../../src/xml/index.ts';
import { basic, startLabFixture } from './lab-fixture.ts';
import { powerShellErrors } from './power-shell-grammar.ts';
import type { LabFixture } from './lab-fixture.ts';

let fixture: LabFixture;
let cloud: CmdletSession;
let onPremises: CmdletSession;

before(async () => {
  fixture = await startLabFixture({ setUp: false });
  const session = (side: 'on-premises' | 'cloud', url: string | undefined): CmdletSession => {
    const administrator = fixture.info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
    assert.ok(administrator !== undefined);
    return connectExchange({ url: new URL(url ?? '').origin, httpClient: fixture.httpClient, authorization: () => basic(administrator), tenant: fixture.info.tenant.id });
  };
  cloud = session('cloud', fixture.info.parties.cloud.urls['admin']);
  onPremises = session('on-premises', fixture.info.parties.onPremises.urls['admin']);
});
after(() => fixture.close());

interface Ended {
  code: number;
  output: string;
}

/** The command, but for its process. */
const run = (...given: string[]): Promise<Ended> => runWatched(() => undefined, ...given);

/** The same; `watch` sees everything that was put out so far, whenever there is more. */
async function runWatched(watch: (output: string) => void, ...given: string[]): Promise<Ended> {
  let output = '';
  let code = 0;
  const stream = (): Writable => new Writable({ write: (chunk: Buffer, _, done) => ((output += chunk.toString()), watch(output), done()) });
  const surroundings = { stdout: stream(), stderr: stream(), env: { NO_COLOR: '1', COLUMNS: '120' }, pid: process.pid, once: () => undefined, off: () => undefined };
  try {
    await createSetupCommand(surroundings, (exitCode) => (code = exitCode)).parseAsync(given, { from: 'user' });
  } catch (error) {
    output += `${describeError(error)}\n`;
    code = exitCodeOf(error);
  }
  return { code, output };
}

const setup = (...given: string[]): Promise<Ended> => run('--state', fixture.directory, ...given);
const path = (name: string): string => join(fixture.directory, name);
const read = (name: string): string => readFileSync(path(name), 'utf8');

/** The source that decided, in each direction; the error where there was no answer. */
async function lookBothWays(): Promise<string[]> {
  const results: string[] = [];
  for (const [asker, address] of [['anna', 'bert@contoso.test'], ['bert', 'anna@contoso.test']] as const) {
    const start = Date.parse(fixture.info.startedAt);
    const answer = await fixture.client.lookUpFreeBusy({
      asker: fixture.account(asker),
      requestId: createRequestId(),
      authentication: 'Basic',
      request: { mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }], freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' } },
    });
    const outcome = answer.freeBusy?.[0];
    results.push(outcome?.ok === true ? (answer.paths?.[0]?.source ?? '') : (outcome?.failure.responseCode ?? 'no answer'));
  }
  return results;
}

test('a fresh pair: no free/busy; a plan changes nothing, and a second one is the same', async () => {
  assert.deepEqual(await lookBothWays(), ['ErrorAddressSpaceNotFound', 'ErrorAddressSpaceNotFound']);
  const planned = await setup('--plan', path('plan.ps1'), '--export', path('before.txt'));
  assert.equal(planned.code, 0, planned.output);
  assert.match(planned.output, /New-IntraOrganizationConnector[^]*TargetSharingEpr = 'https:[^]*\d+ cmdlets in \d+ steps\./);
  const looked = await setup('--export', path('again.txt'));
  assert.equal(looked.code, 0);
  assert.match(looked.output, /Nothing has been changed: --apply changes it, --plan FILE/);
  assert.equal(read('again.txt'), read('before.txt'));
  assert.ok(!readdirSync(path('setup')).includes('setup.lock'));
});

test('applied as planned: free/busy both ways over OAuth, every step verified; a second run finds nothing to change', async () => {
  const applied = await setup('--apply', path('plan.ps1.json'));
  assert.equal(applied.code, 0, applied.output);
  assert.match(applied.output, /✓ cloud to on-premises: [^]*✓ on-premises to cloud: [^]*\d+ cmdlets ran in [\d.]+ s, every step is verified/);
  assert.match(applied.output.replace(/\s+/g, ' '), / Planned and not needed, for what it makes was there: New-MgServicePrincipal\. /);
  assert.deepEqual(await lookBothWays(), ['IntraOrganizationConnector', 'IntraOrganizationConnector']);
  const again = await setup('--apply');
  assert.equal(again.code, 0, again.output);
  assert.match(again.output, /Nothing is to be changed\.[^]*Both organisations are as they should be\./);
});

test('a plan whose ground has changed is refused, with the difference', async () => {
  assert.equal((await setup('--topology', 'Classic', '--plan', path('classic.ps1'))).code, 0);
  const [connector] = await cloud.invoke('Get-IntraOrganizationConnector');
  await cloud.invoke('Set-IntraOrganizationConnector', { Identity: connector?.['Identity'], Enabled: false });
  const refused = await setup('--apply', path('classic.ps1.json'));
  assert.equal(refused.code, 70, refused.output);
  assert.match(refused.output, /WIZARD_STATE_CHANGED[^]*Cloud IntraOrganizationConnector HybridIOC - \S+ Enabled: was true, is false/);
  await cloud.invoke('Set-IntraOrganizationConnector', { Identity: connector?.['Identity'], Enabled: true });
});

test('undo leaves the configuration as it was, byte for byte', async () => {
  const undone = await setup('--undo');
  assert.equal(undone.code, 0, undone.output);
  assert.match(undone.output, /✓ The configuration is what it was before it/);
  assert.equal((await setup('--export', path('after.txt'))).code, 0);
  assert.equal(read('after.txt'), read('before.txt'));
  assert.match((await setup('--undo')).output, /WIZARD_NOTHING_TO_UNDO/);
  assert.deepEqual(await lookBothWays(), ['ErrorAddressSpaceNotFound', 'ErrorAddressSpaceNotFound']);
  assert.ok(existsSync(path('setup')));
});

test('delegated federation: the domain is proved, lookups go over it, and undo takes registration and certificate back too', async () => {
  const applied = await setup('--apply', '--free-busy', 'dauth');
  assert.equal(applied.code, 0, applied.output);
  assert.deepEqual(await lookBothWays(), ['OrganizationRelationship', 'OrganizationRelationship']);
  assert.match((await setup()).output, /Nothing is to be changed/, 'without a choice it stays as it is');
  const undone = await setup('--undo');
  assert.equal(undone.code, 0, undone.output);
  await setup('--export', path('after-dauth.txt'));
  assert.equal(read('after-dauth.txt'), read('before.txt'));
});

test('both trusts, Classic; then Modern only by force; two runs undone leave nothing', async () => {
  const classic = await setup('--apply', '--free-busy', 'both', '--topology', 'Classic');
  assert.equal(classic.code, 0, classic.output);
  const epr = async (): Promise<unknown[]> => [...(await cloud.invoke('Get-IntraOrganizationConnector')), ...(await cloud.invoke('Get-OrganizationRelationship'))].map((object) => object['TargetSharingEpr']);
  assert.deepEqual(await epr(), [null, null]);
  assert.deepEqual(await lookBothWays(), ['IntraOrganizationConnector', 'IntraOrganizationConnector']);
  const refused = await setup('--apply', '--topology', 'Modern');
  assert.equal(refused.code, 70);
  assert.match(refused.output, /WIZARD_PREREQUISITE: [^]*Classic is set up already/);
  const modern = await setup('--apply', '--topology', 'Modern', '--force');
  assert.equal(modern.code, 0, modern.output);
  assert.ok((await epr()).every((url) => String(url).endsWith('.relay.test/EWS/Exchange.asmx')));
  assert.equal((await setup('--undo')).code, 0);
  assert.deepEqual(await epr(), [null, null]);
  assert.equal((await setup('--undo')).code, 0);
  await setup('--export', path('after-both.txt'));
  assert.equal(read('after-both.txt'), read('before.txt'));
});

test('Organization Configuration Transfer copies what is chosen, leaves what is not, and is undone', async () => {
  await onPremises.invoke('New-SharingPolicy', { Name: 'Partners', Domains: ['fabrikam.test: CalendarSharingFreeBusySimple'], Enabled: false });
  for (const [side, AutoReplyEnabled] of [[onPremises, false], [cloud, true]] as const) {
    await side.invoke('New-RemoteDomain', { Name: 'Fabrikam', DomainName: 'fabrikam.test' });
    await side.invoke('Set-RemoteDomain', { Identity: 'Fabrikam', AutoReplyEnabled });
  }
  const inCloud = async (): Promise<unknown[]> => [(await cloud.invoke('Get-SharingPolicy')).find(({ Name }) => Name === 'Partners')?.['Domains'], (await cloud.invoke('Get-RemoteDomain', { Identity: 'Fabrikam' }))[0]?.['AutoReplyEnabled']];
  await setup('--export', path('before-transfer.txt'));
  assert.match((await setup('--transfer', 'SharingPolicy/Nobody')).output, /WIZARD_CHOICE: There is nothing on premises that could be copied as SharingPolicy\/Nobody\.[^]*SharingPolicy\/Partners/);
  assert.equal((await setup('--apply', '--configuration', 'Minimal', '--transfer', 'new')).code, 0);
  assert.deepEqual(await inCloud(), [['fabrikam.test: CalendarSharingFreeBusySimple'], true], 'a conflict is kept');
  const all = await setup('--apply', '--configuration', 'Minimal', '--transfer', 'SharingPolicy/Partners,RemoteDomain/Fabrikam');
  assert.match(all.output, /Set-RemoteDomain -Identity 'Fabrikam'\n\s+AutoReplyEnabled: \$true → \$false/);
  assert.deepEqual(await inCloud(), [['fabrikam.test: CalendarSharingFreeBusySimple'], false]);
  // The domain of one is another's in the cloud: the rest is copied, and the warning says which and why.
  await onPremises.invoke('New-RemoteDomain', { Name: 'Taken', DomainName: 'taken.test' });
  await onPremises.invoke('New-RemoteDomain', { Name: 'Wingtip', DomainName: 'wingtip.test' });
  await cloud.invoke('New-RemoteDomain', { Name: 'Taken elsewhere', DomainName: 'taken.test' });
  const partly = await setup('--apply', '--configuration', 'Minimal', '--transfer', 'RemoteDomain/Taken,RemoteDomain/Wingtip');
  assert.equal(partly.code, 1, partly.output);
  assert.match(partly.output.replace(/\s+/g, ' '), /HCW8110 - Organization Configuration Transfer could not copy an object\. RemoteDomain “Taken”: The domain 'taken\.test' already belongs to the RemoteDomain 'Taken elsewhere'/);
  assert.equal((await cloud.invoke('Get-RemoteDomain', { Identity: 'Wingtip' })).length, 1);
  for (let run = 0; run < 3; run += 1) assert.equal((await setup('--undo')).code, 0);
  await cloud.invoke('Remove-RemoteDomain', { Identity: 'Taken elsewhere', Confirm: false });
  for (const Identity of ['Taken', 'Wingtip']) await onPremises.invoke('Remove-RemoteDomain', { Identity, Confirm: false });
  await setup('--export', path('after-transfer.txt'));
  assert.equal(read('after-transfer.txt'), read('before-transfer.txt'));
  await onPremises.invoke('Remove-SharingPolicy', { Identity: 'Partners', Confirm: false });
  for (const side of [onPremises, cloud]) await side.invoke('Remove-RemoteDomain', { Identity: 'Fabrikam', Confirm: false });
});

test('OAuth that cannot be had does not keep federation from working: HCW8064, in the published words, in the log too', async () => {
  const { onPremises, cloud: cloudParty, sts, relay } = fixture.info.parties;
  const administrator = (side: string): string => fixture.info.accounts.find((account) => account.kind === 'administrator' && account.side === side)?.userName ?? '';
  const passwords = Object.fromEntries(['on-premises', 'cloud'].map((side) => [side, path(`${side}.password`)]));
  for (const [side, file] of Object.entries(passwords)) writeFileSync(file, fixture.info.accounts.find((account) => account.kind === 'administrator' && account.side === side)?.password ?? '');
  const authority = new URL(sts.namedUrls['authority'] ?? '').origin;
  writeFileSync(
    path('setup.yaml'),
    JSON.stringify({
      onPremises: { url: new URL(onPremises.urls['admin'] ?? '').origin, tenant: fixture.info.tenant.id, user: administrator('on-premises'), password: { file: passwords['on-premises'] } },
      cloud: { url: new URL(cloudParty.urls['admin'] ?? '').origin, tenant: fixture.info.tenant.id, user: administrator('cloud'), password: { file: passwords['cloud'] } },
      tokenService: { url: new URL(sts.urls['admin'] ?? '').origin, tenant: fixture.info.tenant.id, key: { file: sts.adminKeyFile } },
      relay: { url: relay.urls['admin'], tenant: fixture.info.tenant.id, key: { file: relay.adminKeyFile } },
      ca: fixture.info.caFile,
      records: path('records'),
      setup: {
        freeBusy: 'both',
        force: true,
        endpoints: { cloudDiscovery: cloudParty.namedUrls['autodiscover'], onPremisesDiscovery: onPremises.namedUrls['autodiscover'], acsMetadata: `${authority}/nowhere/metadata/json/1`, evoStsMetadata: `${sts.namedUrls['authority'] ?? ''}/.well-known/openid-configuration`, gatewayMetadata: `${authority}/FederationMetadata/2006-12/FederationMetadata.xml` },
      },
    }),
  );
  const configured = ['--config', path('setup.yaml')];
  // Nobody can publish a TXT record from here: the run stops, and says which.
  const asked = await run(...configured, '--apply');
  assert.equal(asked.code, 70, asked.output);
  const [, name = '', text = ''] = /Publish in the public DNS, then run set-up again: (\S+) TXT IN (\S+)/.exec(asked.output) ?? [];
  assert.equal(name, 'contoso.test', asked.output);
  fixture.lab.publishText(name, text);
  // The next run goes on where that one stopped.
  const applied = await run(...configured, '--apply');
  assert.equal(applied.code, 1, applied.output);
  assert.match(applied.output.replace(/\s+/g, ' '), /HCW8064 - The HCW has completed, but was not able to perform the OAuth portion of your Hybrid configuration\. If you need features that rely on OAuth/);
  assert.deepEqual(await lookBothWays(), ['OrganizationRelationship', 'OrganizationRelationship']);
  const folder = path('records/Exchange Hybrid Configuration');
  const log = readdirSync(folder).filter((file) => file.endsWith('.log')).map((file) => readFileSync(join(folder, file), 'utf8')).join('');
  assert.match(log, /^\d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d\.\d{3} WARNING \d{5} \[Client=UX, .*Thread=1\] HCW8064 - /m);
  // What it was for, what was chosen, which step did what, and how it ended.
  assert.match(log, /10000 \[[^\]]*\] hybridge setup on \S+, process \d+: set-up\n[^]*10224 \[Client=UX, Page=Gathering, Thread=1\] Gathering\n[^]*Page=Review[^\]]*\] Free\/busy: OAuth, with delegated[^]*Task=FederationTrust, Phase=Configure, Thread=1\] Federation trust[^\n]*: applied and verified\n[^]*Finished: \d+ cmdlets in \d+ ms\n/);
  assert.match(log, /^\S+ \S+ {9}10276 \[Client=UX, Page=Gathering, Session=OnPremises, Cmdlet=Get-AcceptedDomain, Thread=1\] START Get-AcceptedDomain$/m);
  assert.match(log, /^\S+ \S+ \*ERROR\* 10277 \[.*Cmdlet=New-AuthServer.*\] FINISH Time=\d+\.\dms Results=PowerShell failed to invoke 'New-AuthServer'/m);
  const cmdlets = readdirSync(folder).filter((file) => file.endsWith('.xhcw')).map((file) => readFileSync(join(folder, file), 'utf8')).join('');
  const invoked = parseXml(`<root>${cmdlets}</root>`, { maximumBytes: 1 << 26, maximumDepth: 10, maximumNodes: 100_000 });
  assert.ok(invoked.children.some((element) => findAttribute(element, 'cmdlet') === 'New-FederationTrust' && findAttribute(element, 'type') === 'OnPremises'));
  assert.ok(!log.includes(readFileSync(passwords['cloud'] ?? '', 'utf8')) && !cmdlets.includes(readFileSync(passwords['cloud'] ?? '', 'utf8')));
  // Both runs are one for undo.
  assert.equal((await run(...configured, '--undo')).code, 0);
  await setup('--export', path('after-8064.txt'));
  assert.equal(read('after-8064.txt'), read('before.txt'));
});

test('what stands in the way is told apart: credentials, role, tenant, a side that is not there', async () => {
  const yaml = JSON.parse(read('setup.yaml')) as Record<string, Record<string, unknown>>;
  const refused = async (change: (copy: Record<string, Record<string, unknown>>) => void): Promise<string> => {
    const copy = structuredClone(yaml);
    change(copy);
    writeFileSync(path('bad.yaml'), JSON.stringify(copy));
    const { code, output } = await run('--config', path('bad.yaml'));
    assert.notEqual(code, 0, output);
    return output;
  };
  writeFileSync(path('wrong.password'), 'wrong');
  assert.match(await refused(({ onPremises = {} }) => (onPremises['password'] = { file: path('wrong.password') })), /WIZARD_SIGN_IN: The on-premises organisation \S+ does not accept the credentials/);
  writeFileSync(path('bert.password'), fixture.account('bert').password ?? '');
  assert.match(await refused(({ onPremises = {} }) => Object.assign(onPremises, { user: fixture.account('bert').userName, password: { file: path('bert.password') } })), /WIZARD_ROLE: [^]*Organization Management/);
  assert.match(await refused(({ cloud: side = {} }) => (side['tenant'] = 'nobody.onmicrosoft.test')), /WIZARD_TENANT: Exchange Online \S+ knows no such tenant/);
  assert.match(await refused(({ tokenService = {} }) => (tokenService['tenant'] = '00000000-1111-2222-3333-444444444444')), /WIZARD_TENANT/);
  assert.match(await refused(({ cloud: side = {} }) => (side['url'] = 'https://127.0.0.1:9')), /WIZARD_UNREACHABLE: Exchange Online \(127\.0\.0\.1:9\) cannot be reached/);
  writeFileSync(path('wrong.key'), 'x'.repeat(40));
  assert.match(await refused(({ tokenService = {} }) => (tokenService['key'] = { file: path('wrong.key') })), /WIZARD_SIGN_IN: The tenant directory \([^)]*\) does not accept the key\.\nCheck tokenService\.key/);
  assert.match(await refused(({ relay = {} }) => (relay['key'] = { file: path('wrong.key') })), /WIZARD_SIGN_IN: The relay \([^)]*\) does not accept the key\.\nCheck relay\.key/);
  assert.match(await refused(({ relay = {} }) => (relay['tenant'] = '00000000-1111-2222-3333-444444444444')), /WIZARD_TENANT: The relay \([^)]*\) knows no such tenant\.\nCheck relay\.tenant/);
  assert.match(await refused((copy) => void delete copy['ca']), /WIZARD_UNREACHABLE: The certificate of the on-premises organisation \(\S+\) is not accepted \([A-Z_]+\)\.\nName the authority that issued it: ca in the file/);
  assert.match((await setup('--domains', 'fabrikam.test')).output, /WIZARD_DOMAIN: The domain fabrikam\.test is not an accepted domain of the on-premises organisation \(HCW8004\)/);
  assert.match((await setup('--coexistence-domain', 'fabrikam.mail.onmicrosoft.test')).output, /WIZARD_DOMAIN: The routing domain fabrikam\.mail\.onmicrosoft\.test is not an accepted domain of the tenant\.\nChoose among: .*contoso\.mail\.onmicrosoft\.test/);
});

test('an account that may only look is told so, before anything is changed by halves', async () => {
  await onPremises.invoke('Add-RoleGroupMember', { Identity: 'View-Only Organization Management', Member: 'bert@contoso.test' });
  const yaml = JSON.parse(read('setup.yaml')) as Record<string, Record<string, unknown>>;
  Object.assign(yaml['onPremises'] ?? {}, { user: fixture.account('bert').userName, password: { file: path('bert.password') } });
  writeFileSync(path('viewer.yaml'), JSON.stringify(yaml));
  const { output } = await run('--config', path('viewer.yaml'), '--records', path('viewer'), '--apply');
  assert.match(output, /WIZARD_ROLE: [^]*Organization Management/);
  await onPremises.invoke('Remove-RoleGroupMember', { Identity: 'View-Only Organization Management', Member: 'bert@contoso.test', Confirm: false });
});

test('a side that goes away half-way is told; the next run goes on, and both are one for undo', async () => {
  const { port } = new URL(fixture.info.parties.cloud.urls['admin'] ?? '');
  const through = new Set<Socket>();
  const proxy = createServer((client) => {
    const upstream = connect(Number(port), '127.0.0.1');
    for (const socket of [client, upstream]) through.add(socket.on('error', () => undefined));
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const yaml = JSON.parse(read('setup.yaml')) as Record<string, Record<string, unknown>>;
  const endpoints = (yaml['setup']?.['endpoints'] ?? {}) as Record<string, string>;
  Object.assign(endpoints, { acsMetadata: endpoints['acsMetadata']?.replace('nowhere', fixture.info.tenant.id) });
  Object.assign(yaml['setup'] ?? {}, { freeBusy: 'oauth' });
  writeFileSync(path('direct.yaml'), JSON.stringify(yaml));
  Object.assign(yaml['cloud'] ?? {}, { url: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  writeFileSync(path('proxied.yaml'), JSON.stringify(yaml));
  let isCut = false;
  const cut = (output: string): void => {
    if (isCut || !/New-MgApplication/.test(output.split('Updating')[1] ?? '')) return;
    isCut = true;
    proxy.close();
    for (const socket of through) socket.destroy();
  };
  const interrupted = await runWatched(cut, '--config', path('proxied.yaml'), '--records', path('halfway'), '--apply');
  assert.match(interrupted.output, /WIZARD_UNREACHABLE: "[^"]+" was interrupted/);
  const again = await run('--config', path('direct.yaml'), '--records', path('halfway'), '--apply');
  assert.equal(again.code, 0, again.output);
  assert.deepEqual(await lookBothWays(), ['IntraOrganizationConnector', 'IntraOrganizationConnector']);
  assert.equal((await run('--config', path('direct.yaml'), '--records', path('halfway'), '--undo')).code, 0);
  await setup('--export', path('after-halfway.txt'));
  assert.equal(read('after-halfway.txt'), read('before.txt'));
});

test('a killed wizard is gone on with: its lock is taken over, and undo reaches back before it', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/hybridge.js'), 'setup', '--state', fixture.directory, '--apply'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (/New-AuthServer/.test(output.split('Updating')[1] ?? '')) child.kill('SIGKILL');
  });
  await once(child, 'close');
  assert.equal(child.signalCode, 'SIGKILL', output);
  const again = await setup('--apply');
  assert.equal(again.code, 0, again.output);
  assert.match(again.output, /had locked this folder/);
  assert.equal((await setup('--undo')).code, 0);
  await setup('--export', path('after-kill.txt'));
  assert.equal(read('after-kill.txt'), read('before.txt'));
  // A wizard that is alive keeps its lock.
  writeFileSync(path('setup/setup.lock'), JSON.stringify({ processId: process.ppid, host: hostname(), since: '2026-11-21T00:00:00.000Z' }));
  assert.match((await setup('--apply')).output, /WIZARD_LOCKED: Another wizard is at work: process \d+/);
  rmSync(path('setup/setup.lock'));
});

test('what the script of collect gathers in a shell is evidence enough for the same plan', async () => {
  writeFileSync(path('collect.ps1'), printCollectScript(['OnPremises', 'Cloud', 'Tenant']));
  parseScript(read('collect.ps1'));
  mkdirSync(path('evidence'));
  assert.equal(await shell(['--file', path('collect.ps1')], path('evidence')), 0);
  const evident = await run('--evidence', path('evidence'), '--records', path('evidence-records'), '--topology', 'Classic', '--plan', path('evident.ps1'));
  assert.equal(evident.code, 0, evident.output);
  assert.equal((await setup('--topology', 'Classic', '--plan', path('live.ps1'))).code, 0);
  const commands = (name: string): string[] => read(name).split('\n').filter((line) => /^[\w-]+ -/.test(line)).map((line) => line.replace(/ -(?:AuthMetadataUrl|DiscoveryEndpoint) \S+/, ''));
  assert.deepEqual(commands('evident.ps1'), commands('live.ps1'));
  assert.match((await run('--evidence', path('evidence'), '--records', path('evidence-records'), '--apply')).output, /WIZARD_PREREQUISITE: Nothing can be changed without a connection/);
});

test('the script of a plan is PowerShell, and run in a shell it does what the wizard would have done', async () => {
  for (const name of ['plan.ps1', 'classic.ps1', 'evident.ps1', 'collect.ps1']) {
    parseScript(read(name));
    assert.deepEqual(await powerShellErrors(read(name)), [], name);
    assert.doesNotMatch(read(name), /-(?:Msol|AzureAD)/, `${name} has cmdlets of modules that are retired`);
  }
  assert.notDeepEqual(await powerShellErrors(read('plan.ps1').replace("'", '')), [], 'a quote is missing');
  assert.equal((await setup('--plan', path('run.ps1'))).code, 0);
  const administrator = fixture.info.accounts.find((account) => account.kind === 'administrator' && account.side === 'on-premises');
  writeFileSync(path('run.ps1'), read('run.ps1').replace('(Get-Credential)', `(New-Object PSCredential('${administrator?.userName ?? ''}', (ConvertTo-SecureString '${administrator?.password ?? ''}' -AsPlainText -Force)))`));
  assert.equal(await shell(['--file', path('run.ps1')], fixture.directory), 0);
  const after = await setup('--apply');
  assert.match(after.output, /Nothing is to be changed\.[^]*Both organisations are as they should be/);
  assert.deepEqual(await lookBothWays(), ['IntraOrganizationConnector', 'IntraOrganizationConnector']);
});

// The last one: the relay knows no agent afterwards.
test('uninstalling shows first, then takes away whatever bears the wizard’s names, and unregisters the agents', async () => {
  assert.equal((await setup('--apply', '--free-busy', 'both')).code, 0);
  const shown = await setup('--uninstall', '--plan', path('leaving.ps1'));
  assert.equal(shown.code, 0, shown.output);
  assert.match(read('leaving.ps1'), /^# Hybrid is taken away, planned by hybridge setup --uninstall\n/);
  assert.deepEqual(await powerShellErrors(read('leaving.ps1')), []);
  assert.match(shown.output, /Remove-MigrationEndpoint[^]*Remove-FederationTrust[^]*Remove-MgApplication[^]*Remove-HybridApplication[^]*Unregistered at the relay: hybrid-agent-01/);
  assert.deepEqual(await lookBothWays(), ['IntraOrganizationConnector', 'IntraOrganizationConnector'], 'nothing is done yet');
  // The plan remembers that it takes away.
  const removed = await setup('--apply', path('leaving.ps1.json'));
  assert.equal(removed.code, 0, removed.output);
  assert.match(removed.output, /✓ Hybrid Agent hybrid-agent-01 is unregistered[^]*Hybrid is taken away/);
  assert.deepEqual(await lookBothWays(), ['ErrorAddressSpaceNotFound', 'ErrorAddressSpaceNotFound']);
  for (const [side, nouns] of [[onPremises, ['IntraOrganizationConnector', 'OrganizationRelationship', 'FederationTrust', 'SettingOverride', 'AuthServer', 'HybridConfiguration']], [cloud, ['IntraOrganizationConnector', 'OrganizationRelationship', 'OnPremisesOrganization', 'MigrationEndpoint']]] as const) {
    for (const noun of nouns) assert.deepEqual(await side.invoke(`Get-${noun}`), [], noun);
  }
  const { relay } = fixture.info.parties;
  const agents = await createRelayAdminClient({ url: relay.urls['admin'] ?? '', httpClient: fixture.httpClient, key: readFileSync(relay.adminKeyFile ?? '', 'utf8').trim() }).listAgents();
  assert.ok(agents.every(({ status }) => status !== 'active'), JSON.stringify(agents));
  assert.doesNotMatch(removed.output, /--undo takes it back/);
  await setup('--topology', 'Classic', '--export', path('gone.txt'));
  assert.doesNotMatch(read('gone.txt'), /\.relay\.test/, 'the names of the endpoint in the tenant go too');
  const again = (await setup('--uninstall', '--apply')).output;
  assert.match(again, /Nothing is to be changed/);
  assert.doesNotMatch(again, /hybrid-agent-01/, 'who is unregistered is named no more');
  assert.match((await setup('--undo')).output, /WIZARD_NOTHING_TO_UNDO/);
});

async function shell(given: readonly string[], folder: string): Promise<number | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/hybridge.js'), 'shell', '--state', fixture.directory, ...given], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NO_COLOR: '1' } });
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}
