import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

/** What this benchmark started, so that it can be ended by its id and by nothing else. */
export interface Processes {
  /** Starts a program; its output is kept and shown if it ends before it should. */
  start(program: string, args: readonly string[], options?: { env?: Record<string, string> }): ChildProcess;
  /** Starts a file, named from this folder, and waits for the message with which it says that it is ready. */
  fork(file: string, settings: unknown, options?: { execArgv?: readonly string[]; env?: Record<string, string> }): Promise<{ child: ChildProcess; ready: unknown }>;
  stopAll(): Promise<void>;
}

export function createProcesses(): Processes {
  const running = new Set<ChildProcess>();
  const follow = (child: ChildProcess, title: string): void => {
    running.add(child);
    let output = '';
    const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-500));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('exit', (code, signal) => {
      if (running.delete(child) && code !== 0) console.log(`${title} ended (${code ?? signal}): ${output}`);
    });
    child.once('error', (error) => {
      running.delete(child);
      console.log(`${title} could not be started: ${error.message}`);
    });
  };
  return {
    start(program, args, options = {}) {
      const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...options.env } });
      follow(child, program);
      return child;
    },
    async fork(file, settings, options = {}) {
      const child = fork(resolve(import.meta.dirname, file), [JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [...(options.execArgv ?? [])], env: { ...process.env, ...options.env } });
      follow(child, file);
      const [ready] = (await Promise.race([once(child, 'message'), exitOf(child, file)])) as [unknown];
      return { child, ready };
    },
    async stopAll() {
      const children = [...running];
      running.clear();
      await Promise.all(children.map(stop));
    },
  };
}

async function exitOf(child: ChildProcess, title: string): Promise<never> {
  await once(child, 'exit');
  throw new Error(`${title} ended before it was ready.`);
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.send('stop');
  else child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exit;
  clearTimeout(timer);
}

/** Resolves with what a program wrote to standard output; rejects when it fails. */
export async function run(program: string, args: readonly string[], options: { cwd?: string } = {}): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} failed (${code ?? 'signal'}): ${(complaint + output).slice(-1000)}`);
  return output;
}

/** The process and all its descendants. */
export function familyOf(pid: number): number[] {
  const family = [pid];
  for (const member of family) {
    try {
      const children = readFileSync(`/proc/${member}/task/${member}/children`, 'latin1').trim();
      if (children !== '') family.push(...children.split(' ').map(Number));
    } catch {
      // It has just ended.
    }
  }
  return family;
}

/** Clock ticks a second in /proc, on every Linux that matters. */
const ticksPerSecond = 100;

/** CPU seconds, user and system, that the processes have used so far; ended ones count nothing. */
export function cpuSeconds(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const text = readProc(pid, 'stat');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }
  return ticks / ticksPerSecond;
}

/** Resident bytes of the processes together. */
export function residentBytes(pids: readonly number[]): number {
  let bytes = 0;
  for (const pid of pids) bytes += Number(/^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status'))?.[1] ?? 0) * 1024;
  return bytes;
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}

/** A port that the system has just given and taken back, for programs that cannot say which one they were given. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
