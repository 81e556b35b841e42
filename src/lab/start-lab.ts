import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../foundation/index.ts';
import type { StsAdminClient } from '../identity/index.ts';
import { silentLog, systemClock } from '../foundation/index.ts';
import type { Organization } from '../organization/index.ts';
import { verifyLookups } from '../wizard/index.ts';
import type { FreeBusyTrust, LookupProofResult, StepReport } from '../wizard/index.ts';
import { importCalendars } from './import-calendars.ts';
import type { CalendarImport, ImportTarget } from './import-calendars.ts';
import { createLabClient } from './lab-client.ts';
import { openLabCertificates } from './lab-certificates.ts';
import type { ServerCertificate } from './lab-certificates.ts';
import { adminKey } from './lab-context.ts';
import type { LabContext } from './lab-context.ts';
import { forgetConditions } from './faults/fault-records.ts';
import type { LabPartyName } from './conditions/condition.ts';
import { openConditions } from './conditions/open-conditions.ts';
import type { Conditions } from './conditions/open-conditions.ts';
import { startConditionDoor } from './conditions/start-condition-door.ts';
import { LabError } from './lab-error.ts';
import { accountSchema, removeLabInfo, writeLabInfo } from './lab-info.ts';
import type { LabAccount, LabInfo } from './lab-info.ts';
import { labNames, thisMachine } from './lab-names.ts';
import { lookupProofs } from './lookup-proofs.ts';
import { labPorts } from './lab-ports.ts';
import { openLabState } from './lab-state.ts';
import type { LabState, LabStateFolder } from './lab-state.ts';
import { createLabNetwork } from './network/lab-network.ts';
import type { LabAddress, LabNetwork } from './network/lab-network.ts';
import { readLabTexts } from './published-texts.ts';
import { linkTimeoutMs, startLabAgent } from './parties/start-lab-agent.ts';
import { openLabOrganization, startLabPremises } from './parties/start-lab-premises.ts';
import { startLabRelay } from './parties/start-lab-relay.ts';
import { startLabSts } from './parties/start-lab-sts.ts';
import { startSwitchable } from './parties/switchable.ts';
import type { Switchable } from './parties/switchable.ts';
import { describeLab } from './describe-lab.ts';
import type { LabParties } from './lab-parties.ts';
import { networkStateFile } from './network/network-state.ts';
import { seedLab } from './seed-lab.ts';
import { setUpLab } from './set-up-lab.ts';
import { writeOfficeRegistry } from './outlook/office-registry.ts';

export interface StartLabOptions {
  /** State folder; kept between starts. */
  stateDirectory: string;
  /** Forget what an earlier lab left there. Default false. */
  fresh?: boolean;
  /** Folder of `.ics` files to import. */
  calendarsDirectory?: string;
  /** By which trust free/busy crosses. Default: as at the last start in this folder, at first `oauth`. */
  freeBusy?: FreeBusyTrust;
  /**
   * `dedicated`: servers on premises call the cloud as an application of the organisation's own, and the cloud refuses
   * Exchange's shared principal; that stays so in this state folder. Default `shared`: nothing is changed.
   */
  hybridApplication?: 'shared' | 'dedicated';
  /** `false` leaves both organisations as they were installed, for a wizard to join them. Default true. */
  setUp?: boolean;
  /** Takes NTLM on premises. Accounts of an earlier start gain it with their next Basic sign-in. Default false. */
  ntlm?: boolean;
  /** How long organisations wait for one another, milliseconds: until a connection is there, and in all. Default: as they do by themselves. */
  lookUpTimeouts?: { connectMs: number; deadlineMs: number };
  /** Ports of the listeners: this one and the ones after it. Default: the system chooses. */
  portBase?: number;
  /** Stops the start, too; what has been started is closed again. */
  signal?: AbortSignal;
  processId: number;
  onEvent?: (event: LabEvent) => void;
  clock?: Clock;
}

export type LabEvent =
  | { kind: 'starting'; text: string }
  | { kind: 'started'; text: string; durationMs: number }
  | { kind: 'imported'; result: CalendarImport }
  | { kind: 'step'; report: StepReport }
  | { kind: 'proof'; title: string; result: LookupProofResult };

export interface RunningLab {
  info: LabInfo;
  /** What became of each file of `calendarsDirectory`. */
  imports: readonly CalendarImport[];
  /** Publishes a TXT record in the lab's DNS, as for Get-FederatedDomainProof. It lasts until the lab is closed. */
  publishText(name: string, text: string): void;
  /** Leads a name (`host` or `host:port`) of the lab's DNS to a listener on this machine, until the lab is closed. */
  register(name: string, address: LabAddress): void;
  /** A server certificate of the lab's authority. */
  issueCertificate(hosts: readonly string[]): Promise<ServerCertificate>;
  /** Puts one party's clock wrong by so many milliseconds; 0 puts it right. */
  setClockOffset(party: LabPartyName, offsetMs: number): void;
  /** The token service's own administration. */
  sts: StsAdminClient;
  /** Stops one party, as if its machine were switched off in good order; the others go on. */
  stopParty(party: keyof LabInfo['parties']): Promise<void>;
  /** What is wrong in the lab's world outside of the products; other processes change it by the lab's own door. */
  conditions: Pick<Conditions, 'list' | 'set' | 'remove'>;
  close(): Promise<void>;
}

type Closing = () => Promise<void>;

/**
 * Starts two organisations, the token service, the relay and an agent on this machine, fills them at the first start,
 * and lets the wizard configure both sides. Everything listens on loopback and speaks TLS with certificates of the lab's
 * own authority.
 *
 * @throws LabError, WizardError, and what the parties throw; all that was started is closed before
 */
export async function startLab(options: StartLabOptions): Promise<RunningLab> {
  const ports = labPorts(options.portBase);
  const folder = openLabState(options.stateDirectory, { fresh: options.fresh ?? false, processId: options.processId });
  const closings: Closing[] = [async () => folder.release()];
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= closeAll(closings);
    return closed;
  };
  try {
    const offsets = new Map<LabPartyName, number>();
    const { info, imports, parties, context, conditions } = await startParties({ options, ports, folder, closings, offsets });
    const { network, certificates } = context;
    return {
      info,
      imports,
      publishText: network.publishText,
      register: network.register,
      issueCertificate: (hosts) => certificates.server(`other-${hosts[0] ?? ''}`, hosts),
      setClockOffset: (party, offsetMs) => void offsets.set(party, offsetMs),
      sts: parties.sts.current().admin,
      stopParty: (party) => parties[party].stop(),
      conditions,
      close,
    };
  } catch (error) {
    await close();
    throw options.signal?.aborted === true ? new LabError('LAB_STOPPED', 'The lab was stopped while it was starting.', { cause: error, remedy: 'Start it again: it goes on where it stopped.' }) : error;
  }
}

/** In reverse order: what came last goes first. */
async function closeAll(closings: readonly Closing[]): Promise<void> {
  for (const closing of closings.toReversed()) await closing();
}

interface Starting {
  options: StartLabOptions;
  ports: ReturnType<typeof labPorts>;
  folder: LabStateFolder;
  closings: Closing[];
  offsets: Map<LabPartyName, number>;
}

interface Started {
  info: LabInfo;
  imports: readonly CalendarImport[];
  parties: LabParties;
  context: LabContext;
  conditions: Conditions;
}

async function startParties({ options, ports, folder, closings, offsets }: Starting): Promise<Started> {
  const clock = options.clock ?? systemClock;
  const keep = async <Party extends { close(): Promise<void> }>(start: () => Promise<Party>): Promise<Switchable<Party>> => {
    const party = await startSwitchable(start);
    closings.push(party.close);
    return party;
  };
  const step = async <T>(text: string, run: () => Promise<T>): Promise<T> => {
    options.signal?.throwIfAborted();
    options.onEvent?.({ kind: 'starting', text });
    const started = clock.now();
    const result = await run();
    options.onEvent?.({ kind: 'started', text, durationMs: clock.now() - started });
    return result;
  };

  const state = readyState(folder, clock, options.freeBusy);
  const certificates = await step('certificate authority', () => openLabCertificates(folder.directory, clock));
  const context: LabContext = { folder, state, certificates, network: openNetwork(folder), ports, clock, ntlm: options.ntlm ?? false, clockOf: (party) => ({ now: () => clock.now() + (offsets.get(party) ?? 0) }), ...(options.lookUpTimeouts === undefined ? {} : { lookUpTimeouts: options.lookUpTimeouts }) };

  const sts = await step('token service', async () => keep(() => startLabSts(context)));
  const organizations = { onPremises: await openLabOrganization(context, 'onPremises'), cloud: await openLabOrganization(context, 'cloud') };
  closings.push(() => organizations.onPremises.close(), () => organizations.cloud.close());
  if (!state.seeded) {
    const logins = await step('people, calendars and tenant', () => seedLab({ context, sts: sts.current().admin, organizations, onProgress: (text) => options.onEvent?.({ kind: 'starting', text }) }));
    writeFileSync(folder.path('accounts.json'), JSON.stringify(logins), { mode: 0o600 });
    context.state = { ...state, seeded: true };
    folder.write(context.state);
  }
  const accounts = readAccounts(folder);
  const imports: CalendarImport[] = [];
  if (options.calendarsDirectory !== undefined) {
    const targets = [...(await importTargets(accounts, 'on-premises', organizations.onPremises)), ...(await importTargets(accounts, 'cloud', organizations.cloud))];
    imports.push(...(await importCalendars(options.calendarsDirectory, targets)));
    for (const result of imports) options.onEvent?.({ kind: 'imported', result });
  }
  await setServerVersion(organizations.onPremises, labNames.onPremises.version);
  const onPremises = await step('on-premises organisation', async () => keep(() => startLabPremises(context, 'onPremises', organizations.onPremises)));
  const cloud = await step('cloud organisation', async () => keep(() => startLabPremises(context, 'cloud', organizations.cloud)));
  const relay = await step('relay', async () => keep(() => startLabRelay(context)));
  const agent = await step('agent', async () => keep(() => startLabAgent(context, { issueToken: async () => (await relay.current().admin.issueEnrolmentToken(state.tenantId)).token, waits: relay.isRunning(), signal: options.signal })));
  const joins = options.setUp !== false;
  if (joins) await setUpLab({ context, accounts, sts: sts.current().admin, relay: relay.current().admin, isDedicated: options.hybridApplication === 'dedicated', ...(options.signal === undefined ? {} : { signal: options.signal }), onStep: (report) => options.onEvent?.({ kind: 'step', report }) });

  const parties = { sts, relay, agent, onPremises, cloud };
  const conditions = openConditions({
    network: context.network,
    certificates,
    clock,
    organizations,
    setClockOffset: (party, offsetMs) => void offsets.set(party, offsetMs),
    stopParty: (party) => parties[party].stop(),
    async startParty(party) {
      await parties[party].start();
      // The relay is of no use before the agent has found it again.
      if (party === 'relay' && agent.isRunning()) await Promise.race([agent.current().running.ready(), delay(linkTimeoutMs, undefined, { ref: false })]);
    },
    setOffice: (settings) => writeOfficeRegistry(folder.directory, settings),
    async setServerHabits({ settingsCacheMs, readsUnknownKeys }) {
      context.serverHabits = { settingsCacheMs, readsUnknownKeys };
      await onPremises.stop();
      await onPremises.start();
    },
    async setAgentState(is) {
      context.agentState = is;
      await agent.stop();
      await agent.start();
    },
    async setServerVersion(version) {
      const former = await setServerVersion(organizations.onPremises, version);
      // A server is another one after an update: it takes the version up when it starts.
      await onPremises.stop();
      await onPremises.start();
      return former;
    },
  });
  closings.push(conditions.close);
  writeOfficeRegistry(folder.directory, {});
  const { key, file: keyFile } = adminKey(context, 'conditions');
  const door = await startConditionDoor({ conditions, certificate: await certificates.server('conditions', thisMachine), port: ports.conditions, key, log: silentLog });
  closings.push(() => door.close());
  forgetConditions(folder.directory);
  const classic = (await organizations.cloud.configuration.list('PartnerApplication')).find(({ name }) => name === 'Exchange On-Premises');
  const info = describeLab({ hybridApplication: classic?.properties.Enabled === false ? 'dedicated' : 'shared', context, accounts, parties, processId: options.processId, conditions: { url: `https://localhost:${door.port}`, keyFile } });
  const client = createLabClient(info);
  try {
    if (joins) await verifyLookups(lookupProofs(info, client), (title, result) => options.onEvent?.({ kind: 'proof', title, result }));
  } finally {
    await client.close();
  }
  writeLabInfo(folder.directory, info);
  closings.push(async () => removeLabInfo(folder.directory));
  return { info, imports, parties, context, conditions };
}

/** The state of earlier starts, or that of a first one. What a first start left half done is removed. */
function readyState(folder: LabStateFolder, clock: Clock, freeBusy: FreeBusyTrust | undefined): LabState {
  const former = folder.read();
  if (former?.seeded === true) {
    const state = { ...former, freeBusy: freeBusy ?? former.freeBusy };
    if (state.freeBusy !== former.freeBusy) folder.write(state);
    return state;
  }
  folder.clear(['sts', 'cloud', 'on-premises', 'relay', 'agent', 'accounts.json', 'outlook']);
  const state: LabState = {
    version: 1,
    seed: randomInt(1, 2 ** 31),
    referenceDate: clock.now(),
    tenantId: randomUUID(),
    organizationGuid: randomUUID(),
    applicationId: randomUUID(),
    freeBusy: freeBusy ?? former?.freeBusy ?? 'oauth',
    seeded: false,
  };
  folder.write(state);
  return state;
}

function readAccounts(folder: LabStateFolder): readonly LabAccount[] {
  const file = folder.path('accounts.json');
  const parsed = existsSync(file) ? z.array(accountSchema).safeParse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (parsed?.success !== true) throw new LabError('LAB_STATE_UNREADABLE', `The lab's account list ${file} is damaged.`, { remedy: 'Start with --fresh to begin again.' });
  return parsed.data;
}

/** A few people of a side who share their calendars, and into them real files go; Anna and Bert stay as they are. */
async function importTargets(accounts: readonly LabAccount[], side: LabAccount['side'], organization: Organization): Promise<readonly ImportTarget[]> {
  const targets: ImportTarget[] = [];
  for (const { address } of accounts.filter((account) => account.side === side && account.kind === 'user' && !/^(?:anna|bert)@/.test(account.address))) {
    const recipient = await organization.directory.resolve(address);
    if (recipient !== undefined && (await organization.calendars.freeBusyAccess(recipient.guid)) !== 'None') targets.push({ organization, address });
    if (targets.length === 4) break;
  }
  return targets;
}

/** The network, which tells programs outside what it is like at each moment. */
function openNetwork(folder: LabStateFolder): LabNetwork {
  const file = folder.path(networkStateFile);
  return createLabNetwork({
    publishedTexts: (name) => readLabTexts(folder.directory, name),
    onChange(state) {
      writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  });
}

/** Returns the version that the server had. */
async function setServerVersion({ configuration }: Organization, version: string): Promise<string> {
  const [server] = await configuration.list('ExchangeServer');
  const former = server?.properties.AdminDisplayVersion ?? version;
  if (server !== undefined && former !== version) await configuration.update('ExchangeServer', server.guid, { AdminDisplayVersion: version });
  return former;
}
