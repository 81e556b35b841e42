import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { errorCode, makeFolder } from '../../foundation/index.ts';
import { WizardError } from '../wizard-error.ts';
import { intoRecords } from './records-folder.ts';

/** `start` tells a process from a later one that got its number, as after a reboot or in a container; not every system says it. */
const holderSchema = z.object({ processId: z.int(), host: z.string(), since: z.string(), start: z.string().optional() });
type Holder = z.infer<typeof holderSchema>;

export interface SetupLock {
  /** The wizard that held it and is no more, if one did. */
  tookOverFrom: Holder | undefined;
  release(): void;
}

/**
 * One wizard at a time changes an organisation from here. A lock whose process is gone is taken over; one of another
 * machine, which shares the folder, is not.
 *
 * @throws WizardError `WIZARD_LOCKED`, `WIZARD_RECORDS`
 */
export function takeLock(file: string, processId: number, now: number): SetupLock {
  intoRecords(dirname(file), () => makeFolder(dirname(file), { mode: 0o700 }));
  const mine: Holder = { processId, host: hostname(), since: new Date(now).toISOString(), start: startOf(processId) };
  const release = (): void => rmSync(file, { force: true });
  if (create(file, mine)) return { tookOverFrom: undefined, release };
  const holder = read(file);
  if (holder === undefined || (holder.host === mine.host && !isAlive(holder))) {
    // Of two that find it stale only one can rename it.
    const aside = `${file}.${processId}`;
    try {
      renameSync(file, aside);
      rmSync(aside, { force: true });
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
    if (create(file, mine)) return { tookOverFrom: holder, release };
  }
  throw new WizardError('WIZARD_LOCKED', `Another wizard is at work${holder === undefined ? '' : `: process ${holder.processId} on ${holder.host}, since ${holder.since}`}.`, {
    facts: { file, ...holder },
    remedy: `Wait for it to end. If it is certain that none is, remove ${file}.`,
    retryable: true,
  });
}

/** The file appears with its content or not at all, so that nobody reads half of one. */
function create(file: string, holder: Holder): boolean {
  const prepared = `${file}.new.${holder.processId}`;
  try {
    return intoRecords(prepared, () => {
      writeFileSync(prepared, `${JSON.stringify(holder)}\n`, { mode: 0o600, flush: true });
      return link(prepared, file);
    });
  } finally {
    rmSync(prepared, { force: true });
  }
}

/** False where the file is there already. */
function link(prepared: string, file: string): boolean {
  try {
    linkSync(prepared, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive({ processId, start }: Holder): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false;
  }
  return start === undefined || (startOf(processId) ?? start) === start;
}

/** Which boot of the machine, and the time since then at which the process began (proc(5), field 22 of stat). */
function startOf(processId: number): string | undefined {
  try {
    // The name of the program, in brackets, may hold blanks.
    const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}
