import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { agentHome, unreadablePart } from './agent-home.ts';
import { createAgentService } from './agent-service.ts';
import { systemdUnit } from './systemd-unit.ts';

test('a unit where systemd runs the machine, the account may, and the service could read the program; else a process, and why', () => {
  const can = { isBooted: true, isRoot: true, unreadable: undefined };
  assert.deepEqual([agentHome(can, '/x').service, agentHome(can, '/x').stateDirectory], ['systemd', '/var/lib/hybridge-agent']);
  for (const [change, reason] of [[{ isBooted: false }, /systemd does not run/], [{ isRoot: false }, /only root/], [{ unreadable: '/root/hybridge' }, /could not read \/root\/hybridge/]] as const) {
    const home = agentHome({ ...can, ...change }, '/x');
    assert.deepEqual([home.service, home.stateDirectory], ['process', '/x/state']);
    assert.match(home.reason ?? '', reason);
  }
  assert.equal(unreadablePart('/root/a/hybridge.js'), '/root/a/hybridge.js');
  assert.equal(unreadablePart('/usr/bin/env'), undefined);
});

test('the unit confines the agent as the one of deploy/ does, and systemd understands it', (t) => {
  const unit = systemdUnit(['/opt/a program/node', '/opt/100%/hybridge.js'], '/etc/hybridge/agent.yaml');
  const settings = (text: string): string[] => text.split('\n').filter((line) => /^[A-Z]\w+=/.test(line) && !line.startsWith('ExecStart=')).toSorted();
  assert.deepEqual(settings(unit), settings(readFileSync(join(import.meta.dirname, '../../../../../deploy/systemd/hybridge-agent.service'), 'utf8')));
  assert.match(unit, /^ExecStart="\/opt\/a program\/node" \/opt\/100%%\/hybridge\.js agent run --config \/etc\/hybridge\/agent\.yaml$/m);
  const analyze = '/usr/bin/systemd-analyze';
  if (!existsSync(analyze)) return t.skip('systemd-analyze is not here');
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-unit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'hybridge-agent.service'), systemdUnit([process.execPath, '/usr/bin/env'], '/etc/hybridge/agent.yaml'));
  execFileSync(analyze, ['verify', '--man=no', join(folder, 'hybridge-agent.service')], { stdio: 'pipe' });
});

test('a unit is loaded, enabled and started in this order, and taken away as well; what systemctl says is told', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-unit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const ran: string[] = [];
  const home = { ...agentHome({ isBooted: true, isRoot: true, unreadable: undefined }, folder), unitFile: join(folder, 'unit'), stateDirectory: folder };
  // An agent that runs has written its status.
  writeFileSync(join(folder, 'status.json'), JSON.stringify({ processId: process.pid, writtenAt: Date.now(), agentId: 'a', tenantId: 't', version: '1', relayUrl: 'https://relay', ready: true, links: [], targets: [], counters: { requests: 0, errors: 0, bytesReceived: 0, bytesSent: 0, activeConnections: 0 }, certificateExpiresAt: 0, problems: [] }));
  const service = createAgentService(home, async (command, given) => void ran.push([command, ...given].join(' ')));
  assert.equal(await service.start(), 'hybridge-agent.service is enabled and runs');
  assert.ok(existsSync(home.unitFile));
  await service.stop();
  assert.deepEqual(ran, ['systemctl daemon-reload', 'systemctl enable --now hybridge-agent.service', 'systemctl disable --now hybridge-agent.service', 'systemctl daemon-reload']);
  assert.ok(!existsSync(home.unitFile));
  const refusing = createAgentService(home, () => Promise.reject(new Error('Access denied')));
  await assert.rejects(refusing.start(), { code: 'WIZARD_AGENT', message: /systemctl daemon-reload failed: Access denied/ });
});
