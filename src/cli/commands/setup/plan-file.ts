import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { HybridgeError } from '../../../foundation/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import { fingerprintOf, printPlan, setupChoicesSchema, snapshotSchema, WizardError } from '../../../wizard/index.ts';
import type { SetupChoices, SetupPlan, Snapshot } from '../../../wizard/index.ts';
import type { Screen } from './screen.ts';
import { shortPath } from './screen.ts';

const reviewedSchema = z.object({ kind: z.literal('hybridge setup plan'), version: z.literal(1), isUninstall: z.boolean().default(false), choices: setupChoicesSchema, snapshot: snapshotSchema });

/** The script, and beside it what `--apply` takes. @throws HybridgeError `CLI_SETUP_FILE` */
export function writePlan(path: string, screen: Screen, plan: SetupPlan, { snapshot, choices, isUninstall }: { snapshot: Snapshot; choices: SetupChoices; isUninstall: boolean }): void {
  const file = resolve(path);
  writeOut(file, printPlan(plan, { observedAt: snapshot.takenAt, fingerprint: fingerprintOf(snapshot), isUninstall }));
  writeOut(`${file}.json`, `${JSON.stringify({ kind: 'hybridge setup plan', version: 1, isUninstall, choices: { ...choices, topology: plan.settings.topology, freeBusy: plan.settings.freeBusy, domains: plan.settings.hybridDomains }, snapshot })}\n`);
  screen.print(`Script: ${shortPath(file)}\nTo apply exactly this, unless something changes meanwhile:\n  hybridge setup --apply ${shortPath(file)}.json`);
}

/** The plan that was reviewed. @throws WizardError `WIZARD_RECORD_UNREADABLE` */
export function readReviewed(file: string): z.infer<typeof reviewedSchema> {
  const problem = (message: string, cause?: unknown): WizardError => new WizardError('WIZARD_RECORD_UNREADABLE', message, { facts: { file }, remedy: 'Give the .json file that hybridge setup --plan wrote beside the script.', ...(cause === undefined ? {} : { cause }) });
  if (!existsSync(file)) throw problem(`There is no plan ${file}.`);
  try {
    return reviewedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw problem(`${file} is not a plan of hybridge setup.`, cause);
  }
}

/** @throws HybridgeError `CLI_SETUP_FILE` */
export function writeOut(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (cause) {
    throw new HybridgeError<'CLI_SETUP_FILE'>('CLI_SETUP_FILE', `The file ${file} cannot be written.`, { remedy: 'Check the path and who may write there.', cause });
  }
}

/** A plan for programs. */
export function planJson(plan: SetupPlan, snapshot: Snapshot): unknown {
  return {
    settings: plan.settings,
    state: fingerprintOf(snapshot),
    steps: plan.steps.map(({ id, title, why, changes }) => ({ id, title, why, changes: changes.map((change) => ({ session: change.session, target: change.target, command: formatInvocation(change), properties: change.properties })) })),
  };
}
