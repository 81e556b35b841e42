import { readFileSync } from 'node:fs';
import { createHttpClient, errorCode } from '../../foundation/index.ts';
import { createStsAdminClient } from '../../identity/index.ts';
import type { StsAdminClient } from '../../identity/index.ts';
import { connectExchange, createRelaySession, createTenantDirectorySession } from '../../management/index.ts';
import type { CmdletSession } from '../../management/index.ts';
import { createRelayAdminClient } from '../../relay/index.ts';
import { labDial } from '../lab-dial.ts';
import { LabError } from '../lab-error.ts';
import type { LabInfo } from '../lab-info.ts';
import type { Fault, FaultPlan, FaultSessions, FaultStep } from './fault.ts';
import { faultStepSchema, readFaults, writeFaults } from './fault-records.ts';
import type { InjectedFault } from './fault-records.ts';
import { faults } from './faults.ts';
import { signInAsOutlook } from '../outlook/sign-in-as-outlook.ts';
import { runOperatorStep } from './operator-steps.ts';
import { createConditionClient } from '../conditions/create-condition-client.ts';
import type { ConditionClient } from '../conditions/create-condition-client.ts';

const repaired: ReadonlySet<string> = new Set(['MANAGEMENT_OBJECT_EXISTS', 'MANAGEMENT_OBJECT_NOT_FOUND', 'IDENTITY_STS_CONFLICT', 'IDENTITY_STS_NOT_FOUND']);

export interface LabBreaker {
  sessions: FaultSessions;
  /** The faults that are in, the oldest first. */
  injected(): readonly InjectedFault[];
  /**
   * Brings a fault about. What to undo is written to `faults.json` in the lab's folder before anything is changed. What
   * another fault keeps from being brought about is put back.
   *
   * @throws LabError `LAB_FAULT_PRESENT`, `LAB_FAULT_TRUST` where the lab's lookups do not go over its trust
   */
  break(fault: Fault, options?: { isSecret?: boolean }): Promise<FaultPlan>;
  /** Puts right what is wrong, where it is, and leaves what was set up around it. */
  putRight(id: string): Promise<void>;
  /** Takes a fault out: this one, or the last. */
  mend(id?: string): Promise<InjectedFault>;
  close(): Promise<void>;
}

/** @throws LabError `LAB_UNKNOWN_FAULT` */
export function findFault(id: string): Fault {
  const found = faults.find((fault) => fault.id === id.toLowerCase());
  if (found === undefined) throw new LabError('LAB_UNKNOWN_FAULT', `There is no fault ${id}.`, { remedy: 'See the faults with: npx hybridge lab list' });
  return found;
}

/** Whether a fault makes a difference in this lab: over OAuth there is no delegation, and the other way round. */
export function isPossible(fault: Fault, info: LabInfo): boolean {
  if (fault.needs === 'dedicated' && info.hybridApplication !== 'dedicated') return false;
  return fault.trust === 'any' || info.freeBusy === 'both' || (fault.trust === 'OAuth') === (info.freeBusy === 'oauth');
}

/** Connects to a running lab as its administrators, to break and mend it. */
export function openLabBreaker(info: LabInfo): LabBreaker {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const exchange = (side: 'on-premises' | 'cloud', url: string | undefined): CmdletSession => {
    const administrator = info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
    const authorization = `Basic ${Buffer.from(`${administrator?.userName ?? ''}:${administrator?.password ?? ''}`).toString('base64')}`;
    return connectExchange({ url: new URL(url ?? '').origin, httpClient, authorization: () => authorization, tenant: info.tenant.id });
  };
  const { onPremises, cloud, sts, relay } = info.parties;
  const directory = createStsAdminClient({ url: new URL(sts.urls['admin'] ?? '').origin, httpClient, key: readFileSync(sts.adminKeyFile ?? '', 'utf8').trim() });
  const sessions: FaultSessions = { OnPremises: exchange('on-premises', onPremises.urls['admin']), Cloud: exchange('cloud', cloud.urls['admin']), Tenant: createTenantDirectorySession(directory, info.tenant.id), Relay: createRelaySession(createRelayAdminClient({ url: relay.urls['admin'] ?? '', httpClient, key: readFileSync(relay.adminKeyFile ?? '', 'utf8').trim() })) };
  const conditions = createConditionClient({ url: info.conditions.url, key: readFileSync(info.conditions.keyFile, 'utf8').trim(), httpClient });
  const doors: Doors = { sessions, directory, conditions, info };
  const run = async (steps: readonly FaultStep[]): Promise<void> => {
    for (const each of steps) await runStep(each, doors);
  };
  /** Somebody may have repaired it: what is there again, or gone again, is well. */
  const undo = async (steps: readonly FaultStep[]): Promise<void> => {
    for (const each of steps) {
      await runStep(each, doors).catch((error: unknown) => {
        if (!repaired.has(errorCode(error) ?? '')) throw error;
      });
    }
  };
  const read = (): InjectedFault[] => readFaults(info.stateDirectory);
  const write = (records: readonly InjectedFault[]): void => writeFaults(info.stateDirectory, records);
  return {
    sessions,
    injected: read,
    async break(fault, { isSecret = false } = {}) {
      if (read().some(({ id }) => id === fault.id)) throw new LabError('LAB_FAULT_PRESENT', `${fault.id} is in the lab already.`, { remedy: 'Take it out with: npx hybridge lab mend' });
      if (!isPossible(fault, info)) {
        throw new LabError('LAB_FAULT_TRUST', `${fault.id} makes no difference here: it concerns ${fault.needs === 'dedicated' ? 'a dedicated hybrid application' : `lookups over ${fault.trust}`}.`, { remedy: `Start the lab with ${fault.needs === 'dedicated' ? '--hybrid-app dedicated' : '--free-busy both'}.` });
      }
      const plan = await fault.plan(sessions, info);
      write([...read(), { id: fault.id, isSecret, undo: plan.undo.map((each) => faultStepSchema.parse(each)), environment: (plan.environment?.undo ?? []).map((each) => faultStepSchema.parse(each)) }]);
      try {
        await run(plan.environment?.inject ?? []);
        await run(plan.inject);
      } catch (error) {
        await undo(plan.undo);
        await undo(plan.environment?.undo ?? []);
        write(read().filter(({ id }) => id !== fault.id));
        throw error;
      }
      return plan;
    },
    async putRight(id) {
      await undo(read().find((each) => each.id === id)?.undo ?? []);
    },
    async mend(id) {
      const records = read();
      const record = id === undefined ? records.at(-1) : records.find((each) => each.id === id.toLowerCase());
      if (record === undefined) throw new LabError('LAB_FAULT_ABSENT', id === undefined ? 'There is no fault in the lab.' : `The fault ${id} is not in the lab.`, { remedy: 'See what is with: npx hybridge lab list' });
      await undo(record.undo);
      await undo(record.environment);
      write(read().filter((each) => each.id !== record.id));
      return record;
    },
    close: () => httpClient.close(),
  };
}

interface Doors {
  sessions: FaultSessions;
  directory: StsAdminClient;
  conditions: ConditionClient;
  info: LabInfo;
}

async function runStep(each: FaultStep, { sessions, directory, conditions, info }: Doors): Promise<void> {
  if ('signIn' in each) {
    const outcome = await signInAsOutlook(info, each.signIn, { isAnew: true });
    if (!outcome.ok && each.mayFail !== true) throw new LabError('LAB_SIGN_IN_FAILED', `${each.signIn} cannot sign in: ${outcome.text}`, { remedy: 'Put right first what keeps the person out: npx hybridge lab list' });
    return;
  }
  if ('condition' in each) return each.is === null ? conditions.remove(each.condition) : conditions.set(each.condition, each.is);
  if (!('cmdlet' in each)) return runOperatorStep(each, directory, info.tenant.id);
  await sessions[each.session].invoke(each.cmdlet, each.parameters);
}
