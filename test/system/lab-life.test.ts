import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRequestId } from '../../src/foundation/index.ts';
import { createLabClient, findAccount, startLab } from '../../src/lab/index.ts';
import type { LabEvent } from '../../src/lab/index.ts';
import { temporaryFolder } from './lab-fixture.ts';

const root = join(import.meta.dirname, '../..');
const directory = temporaryFolder();
after(() => rmSync(directory, { recursive: true }));

interface Run {
  child: ChildProcess;
  output: () => string;
  /** Resolves when the text has been printed; rejects when the command ends before. */
  printed: (text: string) => Promise<void>;
  exit: Promise<number | null>;
}

/** The command as a person starts it. */
function hybridge(...parameters: readonly string[]): Run {
  const child = spawn(process.execPath, [join(root, 'bin/hybridge.js'), ...parameters], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    output: () => text,
    exit,
    printed: (wanted) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (text.includes(wanted)) resolve();
        };
        listeners.add(check);
        check();
        void exit.then(() => reject(new Error(`ended without printing "${wanted}":\n${text}`)));
      }),
  };
}

test('Ctrl-C in the middle of set-up stops cleanly; the next start goes on, and the one after changes nothing', async () => {
  const interrupted = hybridge('lab', '--state', directory);
  await interrupted.printed('Exchange Server Auth Certificate');
  interrupted.child.kill('SIGINT');
  assert.notEqual(await interrupted.exit, 0);
  assert.match(interrupted.output(), /LAB_STOPPED|WIZARD_STOPPED/);
  assert.equal(existsSync(join(directory, 'lab.lock')), false);

  const second = hybridge('lab', '--once', '--state', directory);
  assert.equal(await second.exit, 0, second.output());
  assert.match(second.output(), /Exchange Server Auth Certificate: already as it should be/);
  assert.match(second.output(), /OAuth through relay\.test, agent/);

  const steps: LabEvent[] = [];
  const lab = await startLab({ stateDirectory: directory, processId: process.pid, onEvent: (event) => steps.push(event) });
  const outcomes = new Set(steps.flatMap((event) => (event.kind === 'step' ? [event.report.outcome] : [])));
  assert.deepEqual([...outcomes], ['already as it should be']);

  const other = hybridge('lab', '--once', '--state', directory);
  assert.equal(await other.exit, 70);
  assert.match(other.output(), /^LAB_ALREADY_RUNNING: /m);

  const asked = hybridge('freebusy', '--state', directory, '--as', 'anna@contoso.test', '--for', 'bert@contoso.test,nobody@contoso.test', '--json');
  assert.equal(await asked.exit, 1);
  const answer = JSON.parse(asked.output()) as { results: { address: string; ok: boolean; responseCode?: string }[] };
  assert.deepEqual(answer.results.map(({ address, ok }) => [address, ok]), [['bert@contoso.test', true], ['nobody@contoso.test', false]]);
  await lab.close();
});

test('without its agent the cloud answers with a proxy failure for on-premises people alone', async () => {
  const lab = await startLab({ stateDirectory: directory, processId: process.pid });
  const client = createLabClient(lab.info);
  try {
    await lab.stopParty('agent');
    const start = Date.now();
    const asker = findAccount(lab.info, 'anna');
    const answer = await client.lookUpFreeBusy({
      asker,
      requestId: createRequestId(),
      request: {
        mailboxes: ['bert@contoso.test', 'chen@contoso.test'].map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
        freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
      },
    });
    const [bert, chen] = answer.freeBusy ?? [];
    assert.ok(bert?.ok === false && chen?.ok === true);
    assert.equal(bert.failure.responseCode, 'ErrorProxyRequestProcessingFailed');
    assert.match(bert.failure.messageText, /503/);
    assert.ok(Date.now() - start < 5_000);
  } finally {
    await client.close();
    await lab.close();
  }
});

test('a port that is taken is named, and nothing stays behind', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const run = hybridge('lab', '--once', '--state', directory, '--port-base', String(port));
  assert.equal(await run.exit, 70);
  assert.match(run.output(), new RegExp(`^LISTEN_PORT_TAKEN: Port ${port} on 127\\.0\\.0\\.1 is already in use\\.$`, 'm'));
  assert.doesNotMatch(run.output(), /\n\s+at /, 'no stack for a person');
  assert.equal(existsSync(join(directory, 'lab.lock')), false);
  holder.close();
});

test('a state folder of a newer version is refused and left alone', async () => {
  const folder = temporaryFolder();
  const state = JSON.stringify({ version: 99, something: 'new' });
  writeFileSync(join(folder, 'lab.json'), state);
  const run = hybridge('lab', '--once', '--state', folder);
  assert.equal(await run.exit, 70);
  assert.match(run.output(), /^LAB_STATE_NEWER: /m);
  assert.equal(readFileSync(join(folder, 'lab.json'), 'utf8'), state);
  rmSync(folder, { recursive: true });
});

test('options that make no sense end with usage or a remedy, not with a stack', async () => {
  for (const [parameters, expected] of [
    [['lab', '--port-base', '70000'], /LAB_PORT_BASE/],
    [['lab', '--onze'], /unknown option '--onze'[\s\S]*--once/],
    [['freebusy', '--as', 'anna', '--for', 'bert', '--from', '2026-13-01', '--state', directory], /LAB_NOT_RUNNING|CLI_TIME_UNREADABLE/],
    [['lab', 'info', '--state', directory], /LAB_NOT_RUNNING/],
  ] as const) {
    const run = hybridge(...parameters);
    assert.notEqual(await run.exit, 0);
    assert.match(run.output(), expected);
    assert.doesNotMatch(run.output(), /\n\s+at /);
  }
});

test('calendar files go in whole or are refused with a line', async () => {
  const folder = join(directory, 'ics');
  mkdirSync(folder);
  const event = (lines: string): string => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20261101T000000Z\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  writeFileSync(join(folder, 'good.ics'), event('DTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nSUMMARY:Real'));
  writeFileSync(join(folder, 'garbage.ics'), Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
  writeFileSync(join(folder, 'every-second.ics'), event('DTSTART:20261123T090000Z\r\nDTEND:20261123T090001Z\r\nRRULE:FREQ=SECONDLY'));
  const imported: string[] = [];
  const lab = await startLab({
    stateDirectory: directory,
    processId: process.pid,
    calendarsDirectory: folder,
    onEvent: (event) => {
      if (event.kind === 'imported') imported.push(`${event.result.file} ${event.result.outcome} ${event.result.items}`);
    },
  });
  await lab.close();
  assert.deepEqual(imported, ['every-second.ics refused 0', 'garbage.ics refused 0', 'good.ics imported 1']);
});
