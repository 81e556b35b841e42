import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

/** Debian's exchangelib: an EWS client written by others, for the real Exchange. */
const python = '/usr/bin/python3';
const missing = spawnSync(python, ['-c', 'import exchangelib']).status === 0 ? false : 'python3-exchangelib is not installed (apt-get install python3-exchangelib)';

const script = `
import json, os, sys, logging, socket
# RFC 6761: every name under localhost is this machine; glibc leaves that to an optional module.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: resolve('127.0.0.1' if str(host).endswith('.localhost') else host, *rest, **more)
logging.disable(logging.CRITICAL)
facts = json.loads(sys.stdin.read())
os.environ['REQUESTS_CA_BUNDLE'] = facts['ca']
from exchangelib import *
def configuration(url):
    return Configuration(service_endpoint=url, credentials=Credentials(facts['user'], facts['password']), auth_type='basic', version=Version(Build(15, 20, 8158, 12)))
zone = EWSTimeZone('America/New_York')
answers = []
for url in facts['urls']:
    me = Account(facts['address'], config=configuration(url), autodiscover=False, access_type=DELEGATE)
    other = Account(facts['other'], config=configuration(url), autodiscover=False)
    for view in me.protocol.get_free_busy_info(accounts=[(other, 'Required', False)], start=EWSDateTime(2026, 11, 23, tzinfo=zone), end=EWSDateTime(2026, 11, 24, tzinfo=zone), merged_free_busy_interval=60):
        answers.append({'view': view.view_type, 'merged': view.merged, 'events': len(view.calendar_events or [])})
print(json.dumps(answers))
`;

let fixture: LabFixture | undefined;
before(async () => {
  if (missing === false) fixture = await startLabFixture();
});
after(() => fixture?.close());

test('exchangelib reads free/busy of the other side, and the same through relay and agent as directly', { skip: missing }, async () => {
  assert.ok(fixture !== undefined);
  const { cloud, onPremises, relay } = fixture.info.parties;
  const across = await runPython('anna', 'bert', [cloud.urls['ews'] ?? '']);
  assert.equal(across[0]?.view, 'DetailedMerged');
  assert.equal(across[0].merged.length, 24);
  const [direct, tunnelled] = await runPython('bert', 'bert', [onPremises.urls['ews'] ?? '', relay.urls['endpoint'] ?? '']);
  assert.deepEqual(tunnelled, direct);
});

async function runPython(asker: string, other: string, urls: readonly string[]): Promise<{ view: string; merged: string; events: number }[]> {
  assert.ok(fixture !== undefined);
  const account = fixture.account(asker);
  const child = spawn(python, ['-c', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdin.end(JSON.stringify({ ca: fixture.info.caFile, user: account.userName, password: account.password, address: account.address, other: fixture.account(other).address, urls }));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, complaints);
  return JSON.parse(output) as { view: string; merged: string; events: number }[];
}
