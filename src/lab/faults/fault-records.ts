import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { conditionSchema } from '../conditions/condition.ts';
import { LabError } from '../lab-error.ts';

const registration = z.object({ applicationId: z.string(), uris: z.array(z.string()), domains: z.array(z.string()), certificates: z.array(z.string()) });

export const faultStepSchema = z.union([
  z.object({ session: z.enum(['OnPremises', 'Cloud', 'Tenant', 'Relay']), cmdlet: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  z.object({ person: z.string(), delegationState: z.enum(['PasswordMismatch', 'PasswordChangeRequired', 'PasswordExpired', 'ProvisioningNeeded']).nullable() }),
  z.object({ loseRegistration: z.string() }),
  z.object({ restoreRegistration: registration }),
  z.object({ replaceRegistration: registration }),
  z.object({ noAccount: z.string() }),
  z.object({ signIn: z.string(), mayFail: z.boolean().optional() }),
  z.object({ condition: z.string(), is: conditionSchema.nullable() }),
]);
const recordSchema = z.array(z.object({ id: z.string(), isSecret: z.boolean(), undo: z.array(faultStepSchema), environment: z.array(faultStepSchema).default([]) }));

/** A fault that is in the lab, and how to take it out again. */
export type InjectedFault = z.infer<typeof recordSchema>[number];

function fileOf(stateDirectory: string): string {
  return join(stateDirectory, 'faults.json');
}

/** @throws LabError `LAB_STATE_UNREADABLE` */
export function readFaults(stateDirectory: string): InjectedFault[] {
  const file = fileOf(stateDirectory);
  if (!existsSync(file)) return [];
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new LabError('LAB_STATE_UNREADABLE', `The lab's list of faults ${file} is damaged.`, { cause: error, remedy: 'Remove it, and start the lab with --fresh if something stays broken.' });
  }
}

export function writeFaults(stateDirectory: string, records: readonly InjectedFault[]): void {
  const file = fileOf(stateDirectory);
  writeFileSync(`${file}.new`, `${JSON.stringify(records, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Clocks, devices and firewalls end with the lab; what is configured stays. */
export function forgetConditions(stateDirectory: string): void {
  const former = readFaults(stateDirectory);
  const stays = (step: InjectedFault['undo'][number]): boolean => !('condition' in step) || step.is?.kind === 'configuration';
  const kept = former.map((record) => ({ ...record, undo: record.undo.filter(stays), environment: record.environment.filter(stays) })).filter(({ undo, environment }) => undo.length + environment.length > 0);
  if (former.length > 0) writeFaults(stateDirectory, kept);
}
