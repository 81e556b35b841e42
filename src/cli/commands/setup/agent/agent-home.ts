import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the agent of this machine lives, and how it is kept running. */
export interface AgentHome {
  configurationFile: string;
  stateDirectory: string;
  /** `systemd`: a unit of the system; `process`: a process that this wizard starts, which does not outlive the machine. */
  service: 'systemd' | 'process';
  /** Why it is no unit. */
  reason?: string;
  /** The system's folder of units; or where the unit is left for somebody who may install it. */
  unitFile: string;
  /** What the process prints, where it is one. */
  logFile: string;
}

export interface MachineFacts {
  /** systemd runs this machine: sd_booted(3). */
  isBooted: boolean;
  isRoot: boolean;
  /** What of the program an account of its own could not read; undefined: nothing. */
  unreadable: string | undefined;
}

/** The two files that an agent is started with: Node and the command. */
export const agentProgram: readonly [string, string] = [process.execPath, fileURLToPath(new URL('../../../../../bin/hybridge.js', import.meta.url))];

/** A unit of the system where this account may install one and its own account could run the program; else a process. */
export function agentHome({ isBooted, isRoot, unreadable }: MachineFacts, folder: string): AgentHome {
  const reason = !isBooted ? 'systemd does not run this machine' : !isRoot ? 'only root installs units' : unreadable === undefined ? undefined : `the service’s own account could not read ${unreadable}`;
  if (reason === undefined) return { configurationFile: '/etc/hybridge/agent.yaml', stateDirectory: '/var/lib/hybridge-agent', service: 'systemd', unitFile: '/etc/systemd/system/hybridge-agent.service', logFile: '' };
  return processHome(folder, reason);
}

/** An agent whose every file is in one folder. */
export function processHome(folder: string, reason: string): AgentHome {
  return { configurationFile: join(folder, 'agent.yaml'), stateDirectory: join(folder, 'state'), service: 'process', reason, unitFile: join(folder, 'hybridge-agent.service'), logFile: join(folder, 'agent.log') };
}

export function machineFacts(): MachineFacts {
  return { isBooted: existsSync('/run/systemd/system'), isRoot: process.getuid?.() === 0, unreadable: agentProgram.map(unreadablePart).find((part) => part !== undefined) };
}

/** The first folder on the way to a file, or the file, that not everybody may enter or read. The unit hides /home and /root. */
export function unreadablePart(file: string): string | undefined {
  if (/^\/(?:home|root|tmp|run\/user)\//.test(file)) return file;
  const parts = [file];
  while (dirname(parts[0] ?? '/') !== parts[0]) parts.unshift(dirname(parts[0] ?? '/'));
  return parts.find((part) => {
    const found = statSync(part, { throwIfNoEntry: false });
    return found === undefined || (found.mode & (found.isDirectory() ? 0o001 : 0o004)) === 0;
  });
}
