/**
 * Records the terminal sessions of docs/setup.md anew: starts a lab whose organisations are not joined, runs the commands
 * that the page shows, and puts what they printed under each. A session of several lines of input runs on a terminal of
 * its own (`script` of util-linux). `node tools/record-setup.ts`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLab } from '../src/lab/index.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/setup.md');
const folder = mkdtempSync(join(tmpdir(), 'hybridge-record-'));
const environment = { ...process.env, NO_COLOR: '1', COLUMNS: '100', LINES: '60', TERM: 'xterm' };
const state = ['--state', join(folder, 'lab')];

/** `$ hybridge …` of a recording, run; with `answers` on a terminal, given one by one as questions appear. */
async function record(given: readonly string[], answers: readonly string[]): Promise<string> {
  const command = [process.execPath, join(root, 'bin/hybridge.js'), ...given, ...(given[0] === 'collect' ? [] : state)];
  const quoted = command.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
  const child = answers.length === 0 ? spawn(command[0] ?? '', command.slice(1), { cwd: folder, env: environment }) : spawn('script', ['-qec', `stty cols 100 rows 60; ${quoted}`, '/dev/null'], { cwd: folder, env: environment });
  const left = [...answers];
  let output = '';
  let asked = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const questions = output.match(/(?:Which\?|\(yes\/no\)) \[[^\]]*\] /g)?.length ?? 0;
      for (; asked < questions; asked += 1) child.stdin.write(`${left.shift() ?? ''}\n`);
    });
  }
  await once(child, 'close');
  // What moves a cursor is no text. What was typed stands there once, as the terminal echoed it.
  const escape = String.fromCodePoint(27);
  return output
    .replaceAll(new RegExp(`${escape}\\[[0-9;?]*[A-Za-z]`, 'g'), '')
    .replaceAll('\r', '')
    .replaceAll(`${folder}/`, '')
    .trimEnd();
}

const lab = await startLab({ stateDirectory: join(folder, 'lab'), setUp: false, processId: process.pid });
try {
  let text = readFileSync(page, 'utf8');
  for (const [block = '', command = '', input] of text.matchAll(/```console\n\$ hybridge ([^\n]*?)(?: {2}# types: ([^\n]*))?\n[^]*?```/g)) {
    const answers = input?.split(',').map((answer) => answer.trim()) ?? [];
    const output = await record(command.split(' '), answers);
    text = text.replace(block, () => `\`\`\`console\n$ hybridge ${command}${input === undefined ? '' : `  # types: ${input}`}\n${output}\n\`\`\``);
  }
  writeFileSync(page, text);
} finally {
  await lab.close();
  rmSync(folder, { recursive: true });
}
