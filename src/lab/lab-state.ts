import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode, makeFolder } from '../foundation/index.ts';
import { freeBusyTrusts } from '../wizard/index.ts';
import { LabError } from './lab-error.ts';

/** Grows when a newer lab could not use a state folder of an older one, or the other way round. */
const stateVersion = 1;

const schema = z.object({
  version: z.literal(stateVersion),
  seed: z.number().int(),
  /** Day from which people's calendars were generated, epoch ms. */
  referenceDate: z.number().int(),
  tenantId: z.guid(),
  organizationGuid: z.guid(),
  applicationId: z.guid(),
  /** By which trust free/busy crosses. */
  freeBusy: z.enum(freeBusyTrusts).default('oauth'),
  /** True once the people of both sides are stored; what was begun before that is thrown away. */
  seeded: z.boolean(),
});

/** What a lab remembers between starts, beside the parties' own state. */
export type LabState = z.infer<typeof schema>;

export interface LabStateFolder {
  readonly directory: string;
  /** Undefined where no lab has been started in this folder. */
  read(): LabState | undefined;
  write(state: LabState): void;
  path(...parts: string[]): string;
  /** Removes some of what a lab has written. */
  clear(names: readonly string[]): void;
  /** Gives the folder back to others. */
  release(): void;
}

/**
 * Takes a state folder for one lab. With `fresh`, what an earlier lab left there is removed first; a folder that holds
 * something else is never emptied.
 *
 * @throws LabError `LAB_ALREADY_RUNNING`, `LAB_STATE_NEWER`, `LAB_STATE_UNREADABLE`
 */
export function openLabState(directory: string, options: { fresh: boolean; processId: number }): LabStateFolder {
  makeFolder(directory, { mode: 0o700 });
  const file = join(directory, 'lab.json');
  const release = takeLock(join(directory, 'lab.lock'), options.processId);
  try {
    if (options.fresh) for (const name of ownNames) rmSync(join(directory, name), { recursive: true, force: true });
    else readState(file);
  } catch (error) {
    release();
    throw error;
  }
  return {
    directory,
    read: () => readState(file),
    write(state) {
      writeFileSync(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    path: (...parts) => join(directory, ...parts),
    clear(names) {
      for (const name of names) rmSync(join(directory, name), { recursive: true, force: true });
    },
    release,
  };
}

/** Everything a lab writes into its folder. */
const ownNames = ['lab.json', 'running.json', 'certificates', 'ca.pem', 'sts', 'relay', 'agent', 'accounts.json', 'cloud', 'on-premises', 'logs', 'network.json', 'faults.json', 'outlook'];

function readState(file: string): LabState | undefined {
  if (!existsSync(file)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new LabError('LAB_STATE_UNREADABLE', `The lab's state file ${file} is not valid JSON.`, { cause: error, remedy: 'Start with --fresh to begin again.' });
  }
  const version = (content as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > stateVersion) {
    throw new LabError('LAB_STATE_NEWER', `The state folder was written by a newer version of Hybridge (state ${version}, this version knows ${stateVersion}).`, {
      facts: { file },
      remedy: 'Run the newer version, choose another folder with --state, or start with --fresh to begin again.',
    });
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    throw new LabError('LAB_STATE_UNREADABLE', `The lab's state file ${file} is damaged.`, { facts: { issues: parsed.error.issues.map((issue) => issue.path.join('.')) }, remedy: 'Start with --fresh to begin again.' });
  }
  return parsed.data;
}

function takeLock(file: string, processId: number): () => void {
  for (;;) {
    try {
      writeFileSync(file, String(processId), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder !== processId && isAlive(holder)) {
      throw new LabError('LAB_ALREADY_RUNNING', `A lab is already running from this folder (process ${holder}).`, {
        facts: { file, holder },
        remedy: 'Stop it with Ctrl-C, or choose another folder with --state.',
      });
    }
    rmSync(file, { force: true });
  }
}

/** True when a process with this id exists. */
export function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
