import type { Clock, Listener } from '../../foundation/index.ts';
import { deviceCertificate } from '../devices/device-certificate.ts';
import { startCutter } from '../devices/start-cutter.ts';
import { startDevice } from '../devices/start-device.ts';
import type { LabCertificates } from '../lab-certificates.ts';
import { LabError } from '../lab-error.ts';
import type { LabNetwork } from '../network/lab-network.ts';
import type { OfficeSettings } from '../outlook/office-registry.ts';
import type { Organization } from '../../organization/index.ts';
import type { Condition, LabPartyName } from './condition.ts';
import { breakWorkingHours, crowdCalendar, removeCertificate, removeRecipient, writeConfiguration } from './data-conditions.ts';

/** How long the server on premises keeps what it has read. */
export interface ServerHabits {
  settingsCacheMs?: number | undefined;
  readsUnknownKeys?: boolean | undefined;
}

export interface AgentState {
  version?: string;
  isDiskFull?: boolean;
}

export interface ConditionsOptions {
  network: LabNetwork;
  certificates: LabCertificates;
  clock: Clock;
  organizations: Readonly<Record<'onPremises' | 'cloud', Organization>>;
  setClockOffset(party: LabPartyName, offsetMs: number): void;
  stopParty(party: LabPartyName): Promise<void>;
  startParty(party: LabPartyName): Promise<void>;
  /** Changes the machine on which the lab's people have Outlook; an empty object is how it was installed. */
  setOffice(settings: OfficeSettings): void;
  /** Starts the server on premises anew, so that it keeps what is told; an empty object is how it was installed. */
  setServerHabits(habits: ServerHabits): Promise<void>;
  /** Starts the agent anew as one of this release, or with a full disk for its logs; an empty object is how it was installed. */
  setAgentState(state: AgentState): Promise<void>;
  /** Makes the server on premises one of this version; returns the former one. */
  setServerVersion(version: string): Promise<string>;
}

/** What is wrong in a lab's world, by ids that whoever brings it about chooses. */
export interface Conditions {
  list(): readonly { id: string; condition: Condition }[];
  /** @throws LabError `LAB_CONDITION_PRESENT` */
  set(id: string, condition: Condition): Promise<void>;
  /** Puts it right. What is not there is right already. */
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

/** What holds a listener, and what would be left in the organisations' data. */
const endsWithTheLab: ReadonlySet<Condition['kind']> = new Set(['device', 'cut', 'certificateRemoved', 'recipientMissing', 'crowdedCalendar', 'workingHours']);

type PutRight = () => Promise<void>;

/** Brings conditions about and puts them right, one at a time, in the order in which they were asked for. */
export function openConditions(options: ConditionsOptions): Conditions {
  const present = new Map<string, { condition: Condition; putRight: PutRight }>();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  };
  const remove = async (id: string): Promise<void> => {
    const found = present.get(id);
    if (found === undefined) return;
    present.delete(id);
    await found.putRight();
  };
  return {
    list: () => [...present].map(([id, { condition }]) => ({ id, condition })),
    set: (id, condition) =>
      inTurn(async () => {
        if (present.has(id)) throw new LabError('LAB_CONDITION_PRESENT', `There is a condition ${id} already.`, { facts: { id, status: 409 } });
        // What was written once is no state that ends.
        if (condition.kind === 'configuration') return writeConfiguration(condition, options.organizations.onPremises);
        present.set(id, { condition, putRight: await bringAbout(id, condition, options, present) });
      }),
    remove: (id) => inTurn(() => remove(id)),
    close: () =>
      inTurn(async () => {
        for (const [id, { condition }] of [...present].toReversed()) if (endsWithTheLab.has(condition.kind)) await remove(id);
      }),
  };
}

async function bringAbout(id: string, condition: Exclude<Condition, { kind: 'configuration' }>, options: ConditionsOptions, present: ReadonlyMap<string, { condition: Condition }>): Promise<PutRight> {
  const { network } = options;
  const whose = 'from' in condition && condition.from !== undefined ? { from: condition.from } : {};
  switch (condition.kind) {
    case 'clock': {
      const { party } = condition;
      options.setClockOffset(party, condition.offsetMs);
      return async () => options.setClockOffset(party, 0);
    }
    case 'record':
      network.setRecord({ id, name: condition.name, ...(condition.leadsTo === undefined ? {} : { leadsTo: condition.leadsTo }), ...whose });
      return async () => network.remove(id);
    case 'firewall':
      network.setRule({ id, to: condition.to, action: condition.action, ...whose });
      return async () => network.remove(id);
    case 'cut': {
      const cutter = await startCutter(condition, network.dialFrom({ device: id }));
      return stand(id, condition.hosts, cutter, network, whose);
    }
    case 'device': {
      const certificate = await deviceCertificate(condition, options.certificates, options.clock);
      const device = await startDevice({ settings: condition, certificate, ca: options.certificates.ca, dial: network.dialFrom({ device: id }) });
      return stand(id, condition.hosts, device, network, whose);
    }
    case 'text':
      network.publishText(condition.name, condition.text);
      return async () => network.withdrawText(condition.name, condition.text);
    case 'certificateRemoved':
      return removeCertificate(condition, options.organizations.onPremises);
    case 'recipientMissing':
      return removeRecipient(condition, options.organizations[condition.side]);
    case 'crowdedCalendar':
      return crowdCalendar(condition, options.organizations[condition.side], options.clock);
    case 'workingHours':
      return breakWorkingHours(condition, options.organizations[condition.side]);
    case 'office':
      options.setOffice(condition);
      return async () => options.setOffice({});
    case 'server': {
      await options.setServerHabits(condition);
      return () => options.setServerHabits({});
    }
    case 'agentVersion':
      await options.setAgentState({ version: condition.version });
      return () => options.setAgentState({});
    case 'diskFull':
      await options.setAgentState({ isDiskFull: true });
      return () => options.setAgentState({});
    case 'restarted': {
      const restart = async (): Promise<void> => {
        await options.stopParty(condition.party);
        await options.startParty(condition.party);
      };
      await restart();
      return restart;
    }
    case 'stopped': {
      const { party } = condition;
      if (![...present.values()].some((each) => each.condition.kind === 'stopped' && each.condition.party === party)) await options.stopParty(party);
      return async () => {
        if (![...present.values()].some((each) => each.condition.kind === 'stopped' && each.condition.party === party)) await options.startParty(party);
      };
    }
    default: {
      const former = await options.setServerVersion(condition.version);
      return async () => void (await options.setServerVersion(former));
    }
  }
}

function stand(id: string, hosts: readonly string[], { host, port, close }: Listener, network: LabNetwork, whose: Pick<Parameters<LabNetwork['setDevice']>[0], 'from'>): PutRight {
  network.setDevice({ id, hosts: [...hosts], address: { host, port }, ...whose });
  return async () => {
    network.remove(id);
    await close();
  };
}
