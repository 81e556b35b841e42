import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startSetupFixture } from './setup-fixture.ts';
import type { SetupFixture } from './setup-fixture.ts';

let fixture: SetupFixture;
let untouched: string;

before(async () => {
  fixture = await startSetupFixture();
  untouched = await fixture.exported();
});
after(() => fixture.close());

const everythingUsual = (question: string): string => (/Update both/.test(question) ? 'no' : '');

test('a password mistyped is asked for again, three times, and then the wizard ends, having changed nothing and kept none of it', async () => {
  const file = fixture.writeYaml('asked.yaml', ({ cloud = {} }) => void delete cloud['password']);
  const asked: string[] = [];
  const wrong = await fixture.typed((question) => {
    asked.push(question);
    return /Password/.test(question) ? `wrong-${asked.length}` : '';
  }, '--config', file);
  assert.equal(wrong.code, 70, wrong.output);
  assert.match(wrong.output, /Exchange Online \S+: admin@contoso\.onmicrosoft\.test, password needed/);
  // The other side's is known, and nobody is asked for it.
  assert.doesNotMatch(wrong.output, /The on-premises organisation wants/);
  assert.equal(wrong.output.match(/does not accept the credentials/g)?.length, 3, wrong.output);
  assert.match(wrong.output, /WIZARD_SIGN_IN/);
  assert.ok(asked.every((question) => !question.includes('wrong')) && !wrong.output.includes('wrong-'));
  const folder = `${file}.records/Exchange Hybrid Configuration`;
  for (const name of readdirSync(folder)) assert.ok(!readFileSync(join(folder, name), 'utf8').includes('wrong-'), name);
  const right = await fixture.typed((question) => (/Password/.test(question) ? fixture.read('cloud.password') : everythingUsual(question)), '--config', file, '--topology', 'Modern');
  assert.match(right.output, /Nothing has been changed/);
  assert.equal(await fixture.exported(), untouched);
});

test('an answer that is none is asked again; Ctrl-C on any page ends it with nothing changed and no lock left', async () => {
  const questions: string[] = [];
  const tried = new Set<string>();
  const usual = await fixture.typed((question) => {
    questions.push(question);
    if (tried.has(question)) return everythingUsual(question);
    tried.add(question);
    return /Which\?/.test(question) ? '99' : /yes\/no/.test(question) ? 'perhaps' : everythingUsual(question);
  });
  assert.equal(usual.code, 0, usual.output);
  assert.match(usual.output, /Answer with a number from 1 to 2\.[^]*Answer with yes or no\.[^]*Nothing has been changed/);
  const pages = questions.length - tried.size;
  assert.ok(pages >= 5, questions.join('\n'));
  for (let page = 0; page < pages; page += 1) {
    let seen = 0;
    const left = await fixture.typed((question) => (seen++ === page ? '^C' : everythingUsual(question)));
    assert.equal(left.code, 130, `${page}: ${left.output.slice(-600)}`);
    assert.match(left.output, /WIZARD_STOPPED: The wizard was left\./);
    assert.ok(!readdirSync(fixture.path('setup')).includes('setup.lock'));
  }
  assert.equal(await fixture.exported(), untouched);
});

test('a run that was killed goes on by its own answers, without a flag or a question; undo reaches back before it', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/hybridge.js'), 'setup', '--state', fixture.directory, '--apply', '--free-busy', 'both', '--topology', 'Classic', '--no-dedicated-application'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (/New-AuthServer/.test(output.split('Updating')[1] ?? '')) child.kill('SIGKILL');
  });
  await once(child, 'close');
  assert.equal(child.signalCode, 'SIGKILL', output);
  const name = readdirSync(fixture.path('setup')).find((entry) => /^\d{8}_\d{6}/.test(entry)) ?? '';
  const answers = JSON.parse(fixture.read(`setup/${name}/answers.json`)) as { choices: Record<string, unknown> };
  assert.deepEqual([answers.choices['freeBusy'], answers.choices['topology'], answers.choices['dedicatedApplication'], answers.choices['domains']], ['both', 'Classic', false, ['contoso.test']]);
  assert.doesNotMatch(JSON.stringify(answers), /password|secret/i);
  const offered = await fixture.typed((question) => (/Go on with its answers/.test(question) ? 'yes' : everythingUsual(question)));
  assert.match(offered.output, /A run was interrupted\. Go on with its answers\? \(yes\/no\) \[yes\] yes[^]*Full, Classic topology\n +Free\/busy +OAuth, with delegated federation beside it\n/);
  assert.doesNotMatch(offered.output, /Which\?/);
  const resumed = await fixture.setup('--resume');
  assert.equal(resumed.code, 0, resumed.output);
  assert.match(resumed.output, /Full, Classic topology/);
  assert.deepEqual(await fixture.lookBothWays(), ['IntraOrganizationConnector', 'IntraOrganizationConnector']);
  assert.match((await fixture.setup('--resume')).output, /WIZARD_NOTHING_TO_RESUME/);
  assert.equal((await fixture.setup('--undo')).code, 0);
  assert.equal(await fixture.exported(), untouched);
});

test('no line is wider than the terminal', async () => {
  for (const [given, seen] of [
    [['--free-busy', 'both', '--topology', 'Classic'], /Free\/busy +OAuth, with delegated federation beside it, dedicated hybrid\n +application\n/],
    [['--topology', 'Modern', '--agent'], /\nOn this machine: the Hybrid Agent is installed, registered, started and\nvalidated \(/],
  ] as const) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/hybridge.js'), 'setup', '--state', fixture.directory, ...given], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NO_COLOR: '1', COLUMNS: '80' } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    assert.deepEqual(await once(child, 'close'), [0, null]);
    assert.match(output, seen);
    assert.deepEqual(output.split('\n').filter((line) => line.length > 80), []);
  }
});

test('options that exclude one another are refused', async () => {
  for (const given of [['--undo', '--apply'], ['--undo', '--uninstall'], ['--resume', '--apply']]) assert.match((await fixture.setup(...given)).output, /cannot be used with option/, given.join(' '));
});

test('two wizards at once: one changes, the other is told who does', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/hybridge.js'), 'setup', '--state', fixture.directory, '--apply', '--configuration', 'Minimal'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  await once(child.stdout, 'data');
  const second = await fixture.setup('--apply');
  assert.equal(second.code, 70, second.output);
  assert.match(second.output, new RegExp(`WIZARD_LOCKED: Another wizard is at work: process ${child.pid ?? ''} on `));
  child.stdout.resume();
  const [code] = (await once(child, 'close')) as [number | null];
  assert.equal(code, 0);
  assert.equal((await fixture.setup('--undo')).code, 0);
  assert.equal(await fixture.exported(), untouched);
});

test('a relationship that cannot be made has its published code', async () => {
  // Somebody else's relationship has the domain: --force goes on, and the cmdlet refuses.
  await fixture.cloud.invoke('New-OrganizationRelationship', { Name: 'By hand', DomainNames: ['contoso.test'], Enabled: true });
  const refused = await fixture.setup('--apply', '--free-busy', 'dauth');
  assert.match(refused.output, /WIZARD_PREREQUISITE: [^]*OrganizationRelationship “By hand” has contoso\.test/);
  const forced = await fixture.setup('--apply', '--free-busy', 'dauth', '--force');
  assert.match(forced.output, /WIZARD_STEP_FAILED: HCW8034 - "Organization relationship with the on-premises organisation" failed at New-OrganizationRelationship/);
  assert.equal((await fixture.setup('--undo')).code, 0);
  await fixture.cloud.invoke('Remove-OrganizationRelationship', { Identity: 'By hand', Confirm: false });
  assert.equal(await fixture.exported(), untouched);
});

test('a connector made by hand that has the domain stands in the way; without it the same command goes through', async () => {
  const DiscoveryEndpoint = 'https://old.contoso.test/autodiscover/autodiscover.svc';
  await fixture.cloud.invoke('New-IntraOrganizationConnector', { Name: 'By hand', TargetAddressDomains: ['contoso.test'], DiscoveryEndpoint, Enabled: true });
  const clashing = await fixture.exported();
  const refused = await fixture.setup('--apply');
  assert.match(refused.output, /WIZARD_PREREQUISITE: [^]*Exchange Online: IntraOrganizationConnector “By hand” has contoso\.test[^]*Take the domains out of these objects, or remove them/);
  assert.equal(await fixture.exported(), clashing, 'nothing is changed');
  await fixture.cloud.invoke('Remove-IntraOrganizationConnector', { Identity: 'By hand', Confirm: false });
  const applied = await fixture.setup('--apply');
  assert.equal(applied.code, 0, applied.output);
  assert.equal((await fixture.setup('--undo')).code, 0);
  assert.equal(await fixture.exported(), untouched);
});

test('with a key that shows several tenants of a relay, the wizard wants one named', async () => {
  const file = fixture.writeYaml('unnamed.yaml', ({ relay = {} }) => void delete relay['tenant']);
  const alone = await fixture.run('--config', file);
  assert.equal(alone.code, 0, alone.output);
  const other = await fixture.relayAdmin.createTenant({ name: 'Fabrikam' });
  const { code, output } = await fixture.run('--config', file, '--uninstall');
  assert.equal(code, 70, output);
  assert.match(output, new RegExp(`WIZARD_CHOICE: The relay serves 2 tenants, and the file given with --config names none of them\\.\nName one, relay\\.tenant: [^]*${other.id} \\(Fabrikam\\)`));
  assert.equal((await fixture.run('--config', fixture.writeYaml('named.yaml'))).code, 0);
  await fixture.relayAdmin.removeTenant(other.id);
});

test('a domain that another tenant owns is told apart', async () => {
  const Guid = fixture.info.tenant.id;
  const evidence = fixture.path('foreign');
  mkdirSync(evidence);
  // The on-premises side has a domain that this tenant does not: whoever owns it.
  for (const [name, objects] of Object.entries({
    'OnPremises.Get-AcceptedDomain': [{ DomainName: 'contoso.test' }, { DomainName: 'fabrikam.test' }],
    'OnPremises.Get-OrganizationConfig': { Guid },
  })) writeFileSync(join(evidence, `${name}.json`), JSON.stringify(objects));
  const file = fixture.writeYaml('foreign.yaml', (yaml) => void delete yaml['onPremises']);
  const { code, output } = await fixture.run('--config', file, '--evidence', evidence, '--domains', 'fabrikam.test', '--topology', 'Classic');
  assert.equal(code, 70, output);
  assert.match(output, /WIZARD_DOMAIN: The domain fabrikam\.test is not an accepted domain of the tenant\.[^]*If another tenant owns it, it must be removed there first/);
});

test('records that cannot be written are told before anything is changed', async () => {
  writeFileSync(fixture.path('file'), '');
  for (const [records, reason] of [['/proc/x', 'no folder can be made there'], [fixture.path('file/below'), 'a file stands where a folder should']] as const) {
    const { code, output } = await fixture.setup('--apply', '--records', records);
    assert.equal(code, 70, output);
    assert.match(output, new RegExp(`WIZARD_RECORDS: The record ${records} cannot be written: ${reason}\\.`));
  }
  assert.equal(await fixture.exported(), untouched);
});
