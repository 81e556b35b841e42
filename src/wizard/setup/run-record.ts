import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CmdletInvocation } from '../../management/index.ts';
import { WizardError } from '../wizard-error.ts';
import { setupChoicesSchema } from './choices.ts';
import { intoRecords } from './records-folder.ts';
import type { Snapshot } from './snapshot.ts';
import { makeFolder } from '../../foundation/index.ts';

const sessionName = z.enum(['OnPremises', 'Cloud', 'Tenant', 'Relay']);
const seenSchema = z.array(z.record(z.string(), z.unknown())).nullable();

export const snapshotSchema: z.ZodType<Snapshot> = z.object({
  takenAt: z.string(),
  sides: z.partialRecord(sessionName, z.object({ name: z.string(), seen: z.record(z.string(), seenSchema) })),
});

const entrySchema = z.object({
  at: z.string(),
  /** `run`: about to be run. `ran`: it has. `end`: the run came to its end. `agent…`: about to be, on the machine of the wizard. */
  kind: z.enum(['run', 'ran', 'end', 'undone', 'agentInstalled', 'agentRemoved']),
  step: z.string().optional(),
  session: sessionName.optional(),
  cmdlet: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
});
type Entry = z.infer<typeof entrySchema>;

/** What was chosen for a run; nothing secret. */
const answersSchema = z.object({ choices: setupChoicesSchema, isUninstall: z.boolean() });
export type RunAnswers = z.infer<typeof answersSchema>;

/**
 * What one run has done, kept so that it can be gone on with after any end, and undone: the configuration before it, and
 * every cmdlet, written down before it runs.
 */
export interface RunRecord {
  readonly name: string;
  readonly before: Snapshot;
  /** Undefined in records of older versions. */
  readonly answers: RunAnswers | undefined;
  /** What the run has done last to the agent of the machine it ran on. */
  readonly agentChange: 'installed' | 'removed' | undefined;
  /** In the order in which they ran. Of the last one it is not certain whether it did, if the run was killed. */
  readonly invocations: readonly CmdletInvocation[];
  readonly isFinished: boolean;
  readonly isUndone: boolean;
  willRun(step: string, invocation: CmdletInvocation, at: number): void;
  hasRun(at: number): void;
  changesAgent(change: 'installed' | 'removed', at: number): void;
  end(at: number): void;
  undone(at: number): void;
}

/** Begins a record; a run of the same second has its name with a number behind it. @throws WizardError `WIZARD_RECORDS` */
export function startRunRecord(folder: string, wantedName: string, before: Snapshot, answers?: RunAnswers): RunRecord {
  let name = wantedName;
  for (let number = 2; existsSync(join(folder, name)); number += 1) name = `${wantedName}_${String(number).padStart(2, '0')}`;
  const directory = join(folder, name);
  intoRecords(directory, () => {
    makeFolder(directory, { mode: 0o700 });
    if (answers !== undefined) writeFileSync(join(directory, 'answers.json'), `${JSON.stringify(answers)}\n`, { mode: 0o600, flush: true });
    // It makes a record of the folder, so it is there with its whole content or not at all.
    const file = join(directory, 'before.json');
    writeFileSync(`${file}.new`, `${JSON.stringify(before)}\n`, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  });
  return recordIn({ directory, name, before, answers, entries: [] });
}

/** The records in a folder, oldest first. @throws WizardError `WIZARD_RECORD_UNREADABLE` */
export function readRunRecords(folder: string): readonly RunRecord[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .filter((name) => existsSync(join(folder, name, 'before.json')))
    .map((name) => readRunRecord(join(folder, name), name));
}

function readRunRecord(directory: string, name: string): RunRecord {
  try {
    const before = snapshotSchema.parse(JSON.parse(readFileSync(join(directory, 'before.json'), 'utf8')));
    const file = join(directory, 'journal.jsonl');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : [];
    // A line that a crash cut short stands last, and says nothing that could have happened.
    const entries = lines.flatMap((line, index) => {
      const parsed = entrySchema.safeParse(parseJson(line));
      if (parsed.success) return [parsed.data];
      if (index === lines.length - 1) return [];
      throw parsed.error;
    });
    const answersFile = join(directory, 'answers.json');
    const answers = existsSync(answersFile) ? answersSchema.parse(JSON.parse(readFileSync(answersFile, 'utf8'))) : undefined;
    return recordIn({ directory, name, before, answers, entries });
  } catch (cause) {
    throw new WizardError('WIZARD_RECORD_UNREADABLE', `The record of the run ${name} cannot be read.`, { facts: { directory }, remedy: `Move ${directory} away if its run is not to be undone.`, cause });
  }
}

interface Read {
  directory: string;
  name: string;
  before: Snapshot;
  answers: RunAnswers | undefined;
  entries: Entry[];
}

/** Takes a line away that a crash or a full disk cut short, so that the next one does not go on with it. */
function mendLastLine(file: string): void {
  const text = readFileSync(file, 'utf8');
  if (text.endsWith('\n')) return;
  const start = text.lastIndexOf('\n') + 1;
  if (entrySchema.safeParse(parseJson(text.slice(start))).success) appendFileSync(file, '\n');
  else truncateSync(file, Buffer.byteLength(text.slice(0, start)));
}

function recordIn({ directory, name, before, answers, entries }: Read): RunRecord {
  const add = (entry: Entry): void => {
    const file = join(directory, 'journal.jsonl');
    intoRecords(file, () => {
      if (existsSync(file)) mendLastLine(file);
      appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600, flush: true });
    });
    entries.push(entry);
  };
  const stamp = (at: number): string => new Date(at).toISOString();
  return {
    name,
    before,
    answers,
    get agentChange() {
      const kind = entries.findLast((entry) => entry.kind === 'agentInstalled' || entry.kind === 'agentRemoved')?.kind;
      return kind === undefined ? undefined : kind === 'agentInstalled' ? 'installed' : 'removed';
    },
    get invocations() {
      return entries.flatMap(({ kind, session, cmdlet, parameters }) => (kind === 'run' && session !== undefined && cmdlet !== undefined ? [{ session, cmdlet, parameters: parameters ?? {} }] : []));
    },
    get isFinished() {
      return entries.some(({ kind }) => kind === 'end');
    },
    get isUndone() {
      return entries.some(({ kind }) => kind === 'undone');
    },
    willRun: (step, { session, cmdlet, parameters }, at) => add({ at: stamp(at), kind: 'run', step, session, cmdlet, parameters }),
    hasRun: (at) => add({ at: stamp(at), kind: 'ran' }),
    changesAgent: (change, at) => add({ at: stamp(at), kind: change === 'installed' ? 'agentInstalled' : 'agentRemoved' }),
    end: (at) => add({ at: stamp(at), kind: 'end' }),
    undone: (at) => add({ at: stamp(at), kind: 'undone' }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
