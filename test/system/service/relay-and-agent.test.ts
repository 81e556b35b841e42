import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createHttpClient, systemDial } from '../../../src/foundation/index.ts';
import { createRelayAdminClient, startRelay } from '../../../src/relay/index.ts';
import { createAgentCommand } from '../../../src/agent/index.ts';
import { createRelayCommand } from '../../../src/cli/commands/relay/create-relay-command.ts';
import { describeError, exitCodeOf } from '../../../src/service/index.ts';
import type { Surroundings } from '../../../src/service/index.ts';
import { startServiceWorld } from './service-world.ts';
import type { Finished, ServiceWorld, StartedProcess } from './service-world.ts';

let world: ServiceWorld;
let relay: StartedProcess;
let relayPort = 0;
let adminPort = 0;
let operator: string[] = [];

const inside = (name: string): string => join(world.folder, name);

/** Runs a command in this process, which is faster than one of its own. */
async function here(party: 'relay' | 'agent', given: readonly string[], environment: Record<string, string> = {}): Promise<Finished> {
  const text = { stdout: '', stderr: '' };
  const collect = (name: 'stdout' | 'stderr'): Writable =>
    new Writable({
      write(chunk: Buffer, _, done) {
        text[name] += chunk.toString();
        done();
      },
    });
  const surroundings: Surroundings = { stdout: collect('stdout'), stderr: collect('stderr'), env: environment, pid: process.pid, once: () => undefined, off: () => undefined, exit: () => undefined };
  let code = -1;
  const finished = (exitCode: number): void => {
    code = exitCode;
  };
  try {
    await (party === 'relay' ? createRelayCommand('hybridge relay', surroundings, finished) : createAgentCommand('hybridge agent', surroundings, finished)).parseAsync(given, { from: 'user' });
  } catch (error) {
    return { code: exitCodeOf(error), stdout: text.stdout, stderr: describeError(error) };
  }
  return { code, ...text };
}

const relayYaml = (more = ''): string => `stateDirectory: relay-state
domains: [localhost]
certificates:
  - { certificate: relay.pem, privateKey: relay.key }
public: { port: 0 }
admin:
  port: 0
  key: { file: admin.key }
  ca: ca.pem
accessLogDirectory: relay-logs
drainSeconds: 10
${more}`;

before(async () => {
  world = await startServiceWorld();
  world.file('admin.key', 'an-admin-key-of-the-test\n');
  world.file('relay.yaml', relayYaml());
  relay = world.start(['relay', '--config', 'relay.yaml']);
  const started = await relay.logged('relay started');
  relayPort = Number(started['port']);
  adminPort = Number(started['adminPort']);
  operator = ['--url', `https://localhost:${adminPort}`, '--key-file', inside('admin.key'), '--ca', inside('ca.pem'), '--json'];
});
after(() => world.close());

async function ask<Value>(...given: string[]): Promise<Value> {
  const { code, stdout, stderr } = await here('relay', [...given, ...operator]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Value;
}

const issueToken = async (): Promise<string> => (await ask<{ token: string }>('token', 'issue')).token;
const enrol = (state: string, token: string, ...more: string[]): Promise<Finished> =>
  here('agent', ['enroll', '--relay', `https://localhost:${relayPort}`, '--state', inside(state), '--ca', inside('ca.pem'), '--target-ca', inside('ca.pem'), ...more], { HYBRIDGE_AGENT_TOKEN: token });

test('an agent is enrolled, proved, run, watched, drained and unregistered from the command line', async () => {
  assert.deepEqual(await ask('tenant', 'list'), []);
  await ask('tenant', 'create', 'Contoso', '--id', 'contoso');
  const empty = await enrol('early', await issueToken(), '--json');
  assert.equal(empty.code, 0, empty.stderr);
  assert.deepEqual((JSON.parse(empty.stdout) as { phases: { phase: string; outcome: string }[] }).phases.map(({ phase, outcome }) => [phase, outcome]), [['install', 'done'], ['register', 'done'], ['validate', 'skipped']]);
  await ask('application', 'create', '--id', world.applicationId, '--target', world.target.url);

  const token = await issueToken();
  const enrolled = await enrol('agent-state', token);
  assert.equal(enrolled.code, 0, enrolled.stderr);
  const agentId = /agent ([0-9a-f-]{36}) of tenant contoso/.exec(enrolled.stdout)?.[1] ?? '';
  assert.match(enrolled.stdout, new RegExp(`^install +done .*\\nregister +done .*\\nvalidate +done +https://${world.applicationId}\\.localhost:${relayPort}/EWS/Exchange\\.asmx answered 200 through this agent`));
  assert.doesNotMatch(enrolled.stdout + enrolled.stderr, new RegExp(token));

  const twice = await enrol('agent-state', await issueToken());
  assert.deepEqual([twice.code, twice.stderr.split(':')[0]], [70, 'AGENT_ALREADY_ENROLLED']);
  const used = await enrol('other-state', token);
  assert.deepEqual([used.code, used.stderr.split(':')[0]], [70, 'RELAY_ENROLMENT_TOKEN_USED']);
  const unknown = await enrol('other-state', 'hbenrol_nonsense');
  assert.deepEqual([unknown.code, unknown.stderr.split(':')[0]], [70, 'RELAY_ENROLMENT_TOKEN_UNKNOWN']);

  world.file('agent.yaml', 'stateDirectory: agent-state\nca: ca.pem\ntargetCa: ca.pem\nallowedTargets: [localhost]\naccessLogDirectory: agent-logs\ndrainSeconds: 10\n');
  const stopped = await here('agent', ['status', '--config', inside('agent.yaml')]);
  assert.deepEqual([stopped.code, stopped.stdout.includes('does not run')], [3, true]);
  const agent = world.start(['agent', 'run', '--config', 'agent.yaml']);
  await agent.logged('agent started');
  const tail = world.start(['relay', 'tail', '--tenant', 'contoso', ...operator]);
  await untilActive();

  await tail.line((line) => line.includes('"type":"alive"'));
  const answer = await world.get(relayPort, '/EWS/Exchange.asmx?token=never-shown');
  assert.equal(answer.status, 200, answer.body);
  assert.match(answer.via, new RegExp(agentId.slice(0, 8)));
  const shown = JSON.parse(await tail.line((line) => line.includes('"type":"request"'))) as Record<string, unknown>;
  assert.deepEqual([shown['status'], shown['tenant'], shown['agent'], shown['path']], [200, 'contoso', agentId, '/EWS/Exchange.asmx']);
  tail.child.kill('SIGINT');
  assert.equal((await tail.finished).code, 0);
  const agents = await ask<{ id: string; status: string; requests: number }[]>('agents', 'list');
  const mine = agents.find(({ id }) => id === agentId);
  assert.deepEqual([mine?.status, (mine?.requests ?? 0) >= 1], ['active', true]);

  // A request that is in work when the signal comes is finished.
  const arrived = Promise.withResolvers<ServerResponse>();
  world.target.listener.handle = (_, response) => arrived.resolve(response);
  const slow = world.get(relayPort, '/EWS/Exchange.asmx');
  const held = await Promise.race([arrived.promise, slow.then(({ status, body }) => assert.fail(`answered ${status} at once: ${body}`))]);
  agent.child.kill('SIGTERM');
  await agent.logged('stopping: no more requests are taken, those in work may finish');
  held.end('finished in time');
  assert.equal((await slow).body, 'finished in time');
  const ended = await agent.finished;
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /"cutShort":false,"msg":"stopped"/);
  assert.ok(readdirSync(join(world.folder, 'agent-logs')).includes('access.jsonl'));
  assert.doesNotMatch(readFileSync(join(world.folder, 'relay-logs', 'access.jsonl'), 'utf8'), /never-shown/);

  const gone = await here('agent', ['unregister', '--config', inside('agent.yaml'), '--json']);
  assert.deepEqual([gone.code, JSON.parse(gone.stdout)], [0, { agentId, relayTold: true }], gone.stderr);
  assert.equal(typeof (await ask<{ revokedAt?: number }>('agents', 'show', agentId)).revokedAt, 'number');
  const forgotten = await here('agent', ['status', '--config', inside('agent.yaml')]);
  assert.deepEqual([forgotten.code, forgotten.stderr.split(':')[0]], [78, 'AGENT_NOT_ENROLLED']);
});

/** Waits until the relay counts the agents as it should. */
async function untilActive(): Promise<void> {
  for (;;) {
    const { code } = await here('agent', ['status', '--config', inside('agent.yaml')]);
    if (code === 0) return;
    await setImmediate();
  }
}

test('validation tells what is wrong with the target', async () => {
  await ask('application', 'update', world.applicationId, '--target', 'https://localhost:1');
  const enrolled = await enrol('unreachable', await issueToken(), '--json');
  const report = JSON.parse(enrolled.stdout) as { phases: { phase: string; outcome: string; code?: string; remedy?: string }[] };
  assert.deepEqual([enrolled.code, report.phases.at(-1)?.outcome, report.phases.at(-1)?.code], [1, 'failed', 'AGENT_TARGET_UNREACHABLE']);
  assert.match(report.phases.at(-1)?.remedy ?? '', /\S/);
});

test('commands find the relay of this machine by its configuration', async () => {
  const { code, stdout, stderr } = await world.run(['relay', 'tenant', 'list', '--config', 'relay.yaml'], { environment: { HYBRIDGE_RELAY_ADMIN_PORT: String(adminPort) } });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Tenant +Name +Since +Limits of its own +Domains *\n[- ]+\ncontoso +Contoso /);
});

test('a wrong key, no relay and an unknown id have their own exit codes and texts', async () => {
  world.file('wrong.key', 'wrong');
  const wrong = await here('relay', ['tenant', 'list', '--url', `https://localhost:${adminPort}`, '--key-file', inside('wrong.key'), '--ca', inside('ca.pem')]);
  assert.deepEqual([wrong.code, wrong.stderr.split(':')[0]], [70, 'RELAY_ADMIN_KEY']);
  const nobody = await here('relay', ['tenant', 'list', '--url', 'https://localhost:1', '--key-file', inside('admin.key'), '--ca', inside('ca.pem')]);
  assert.deepEqual([nobody.code, nobody.stderr.split(':')[0]], [69, 'RELAY_ADMIN_UNREACHABLE']);
  const unknown = await here('relay', ['agents', 'revoke', '00000000-0000-4000-8000-000000000000', ...operator]);
  assert.deepEqual([unknown.code, unknown.stderr.split(':')[0]], [70, 'RELAY_AGENT_UNKNOWN']);
  const misspelt = await world.run(['relay', 'tenant', 'lsit']);
  assert.deepEqual([misspelt.code, misspelt.stderr.includes('Did you mean list?')], [64, true]);
});

test('without a relay nothing is enrolled and nothing is unregistered, unless forced', async () => {
  const enrolled = await enrol('kept', await issueToken(), '--no-validate');
  assert.equal(enrolled.code, 0, enrolled.stderr);
  const noRelay = await here('agent', ['enroll', '--relay', 'https://localhost:1', '--state', inside('never'), '--ca', inside('ca.pem'), '--token', 'hbenrol_x']);
  assert.deepEqual([noRelay.code, noRelay.stderr.split(':')[0]], [69, 'AGENT_RELAY_UNREACHABLE']);
  const untrusted = await here('agent', ['enroll', '--relay', `https://localhost:${relayPort}`, '--state', inside('never'), '--token', 'hbenrol_x']);
  assert.deepEqual([untrusted.code, untrusted.stderr.split(':')[0]], [69, 'AGENT_RELAY_CERTIFICATE']);
  const tokenless = await here('agent', ['enroll', '--relay', `https://localhost:${relayPort}`, '--state', inside('never')]);
  assert.deepEqual([tokenless.code, tokenless.stderr.split(':')[0]], [70, 'AGENT_TOKEN_MISSING']);
  const identity = join(world.folder, 'kept', 'identity.json');
  world.file('kept/identity.json', readFileSync(identity, 'utf8').replace(`:${relayPort}`, ':1'));
  const kept = await here('agent', ['unregister', '--state', inside('kept'), '--ca', inside('ca.pem')]);
  assert.deepEqual([kept.code, readdirSync(join(world.folder, 'kept')).includes('identity.json')], [69, true]);
  const forced = await here('agent', ['unregister', '--state', inside('kept'), '--ca', inside('ca.pem'), '--force']);
  assert.deepEqual([forced.code, readdirSync(join(world.folder, 'kept')).includes('identity.json')], [1, false]);
});

test('an expired token is refused', async () => {
  let offset = 0;
  const read = (name: string): string => readFileSync(join(world.folder, name), 'utf8');
  const young = await startRelay({
    stateDirectory: join(world.folder, 'young'),
    domains: ['localhost'],
    certificates: [{ certificate: read('relay.pem'), privateKey: read('relay.key') }],
    admin: { key: 'an-admin-key-of-the-test' },
    clock: { now: () => Date.now() + offset },
  });
  const httpClient = createHttpClient({ dial: systemDial, ca: read('ca.pem') });
  try {
    const client = createRelayAdminClient({ url: young.urls.admin, httpClient, key: 'an-admin-key-of-the-test' });
    const { id } = await client.createTenant({ name: 'Contoso' });
    const { token } = await client.issueEnrolmentToken(id, { lifetimeMs: 60_000 });
    offset = 120_000;
    const late = await here('agent', ['enroll', '--relay', `https://localhost:${young.port}`, '--state', inside('late'), '--ca', inside('ca.pem'), '--token', token]);
    assert.deepEqual([late.code, late.stderr.split(':')[0]], [70, 'RELAY_ENROLMENT_TOKEN_EXPIRED']);
  } finally {
    await httpClient.close();
    await young.close();
  }
});

test('a relay says which port is taken', async () => {
  world.file('second.yaml', relayYaml().replace('relay-state', 'second-state').replace('public: { port: 0 }', `public: { port: ${relayPort} }`));
  const second = await world.run(['relay', '--config', 'second.yaml']);
  assert.deepEqual([second.code, second.stderr.split(':')[0]], [70, 'LISTEN_PORT_TAKEN']);
});

test('a mistake in a configuration is told with its line, and nothing is started', async () => {
  world.file('wrong-relay.yaml', relayYaml('pulbic: { port: 1 }\n'));
  for (const given of [['relay', '--config', 'wrong-relay.yaml'], ['config', 'check', 'wrong-relay.yaml']]) {
    const wrong = await world.run(given);
    assert.equal(wrong.code, 78, wrong.stderr);
    assert.match(wrong.stderr, /wrong-relay\.yaml:12:1: pulbic: There is no such key\. Did you mean public\?/);
  }
  const right = await world.run(['config', 'check', 'relay.yaml', '--json']);
  assert.deepEqual([right.code, (JSON.parse(right.stdout) as { ok: boolean }).ok], [0, true], right.stderr);
  const absent = await world.run(['config', 'check', 'relay.yaml'], { environment: { HYBRIDGE_RELAY_ADMIN_KEY_FILE: 'absent.key' } });
  assert.equal(absent.code, 78);
  assert.match(absent.stderr, /admin\.key: .*absent\.key cannot be read \(ENOENT\)/);
});

test('Ctrl-C ends the relay once what is in work is done; a second one ends it at once', async () => {
  const drained = world.start(['relay', '--config', 'relay.yaml'], { environment: { HYBRIDGE_RELAY_STATE_DIRECTORY: 'third-state' } });
  await drained.logged('relay started');
  drained.child.kill('SIGINT');
  assert.equal((await drained.finished).code, 0);

  await ask('application', 'update', world.applicationId, '--target', world.target.url);
  assert.equal((await enrol('last', await issueToken(), '--no-validate')).code, 0);
  const agent = world.start(['agent', 'run', '--state', 'last', '--ca', 'ca.pem', '--target-ca', 'ca.pem']);
  await agent.logged('configuration received');
  const arrived = Promise.withResolvers<ServerResponse>();
  world.target.listener.handle = (_, response) => arrived.resolve(response);
  const request = world.get(relayPort, '/EWS/Exchange.asmx').catch((error: unknown) => error);
  await Promise.race([arrived.promise, request.then((answer) => assert.fail(`ended at once: ${JSON.stringify(answer)}`))]);
  relay.child.kill('SIGINT');
  await relay.logged('stopping: no more requests are taken, those in work may finish');
  relay.child.kill('SIGINT');
  const [code] = (await once(relay.child, 'exit')) as [number];
  assert.equal(code, 130);
  assert.ok((await request) instanceof Error);
  agent.child.kill('SIGTERM');
  assert.equal((await agent.finished).code, 0);
});
