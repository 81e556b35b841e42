import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../foundation/index.ts';
import type { StsAdminClient } from '../identity/index.ts';
import { systemClock } from '../foundation/index.ts';
import type { Organization } from '../organization/index.ts';
import { verifyLookups } from '../wizard/index.ts';
import type { FreeBusyTrust, LookupProofResult, StepReport } from '../wizard/index.ts';
import { importCalendars } from './import-calendars.ts';
import type { CalendarImport, ImportTarget } from './import-calendars.ts';
import { createLabClient } from './lab-client.ts';
import { openLabCertificates } from './lab-certificates.ts';
import type { ServerCertificate } from './lab-certificates.ts';
import type { LabClockParty, LabContext } from './lab-context.ts';
import { LabError } from './lab-error.ts';
import { accountSchema, removeLabInfo, writeLabInfo } from './lab-info.ts';
import type { LabAccount, LabInfo } from './lab-info.ts';
import { labNames } from './lab-names.ts';
import { lookupProofs } from './lookup-proofs.ts';
import { labPorts } from './lab-ports.ts';
import { openLabState } from './lab-state.ts';
import type { LabState, LabStateFolder } from './lab-state.ts';
import { createLabNetwork } from './network/lab-network.ts';
import type { LabAddress } from './network/lab-network.ts';
import { readLabTexts } from './published-texts.ts';
import { startLabAgent } from './parties/start-lab-agent.ts';
import { openLabOrganization, startLabPremises } from './parties/start-lab-premises.ts';
import { startLabRelay } from './parties/start-lab-relay.ts';
import { startLabSts } from './parties/start-lab-sts.ts';
import { seedLab } from './seed-lab.ts';
import { setUpLab } from './set-up-lab.ts';

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
  setClockOffset(party: LabClockParty, offsetMs: number): void;
  /** The token service's own administration. */
  sts: StsAdminClient;
  /** Stops one party, as if its machine were switched off in good order; the others go on. */
  stopParty(party: keyof LabInfo['parties']): Promise<void>;
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
    const offsets = new Map<LabClockParty, number>();
    const { info, imports, parties, context } = await startParties({ options, ports, folder, closings, offsets });
    const { network, certificates } = context;
    return {
      info,
      imports,
      publishText: network.publishText,
      register: network.register,
      issueCertificate: (hosts) => certificates.server(`other-${hosts[0] ?? ''}`, hosts),
      setClockOffset: (party, offsetMs) => void offsets.set(party, offsetMs),
      sts: parties.sts.admin,
      stopParty: (party) => parties[party].close(),
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
  offsets: ReadonlyMap<LabClockParty, number>;
}

async function startParties({ options, ports, folder, closings, offsets }: Starting): Promise<{ info: LabInfo; imports: readonly CalendarImport[]; parties: InfoParts['parties']; context: LabContext }> {
  const clock = options.clock ?? systemClock;
  const keep = <Party extends { close(): Promise<void> }>(party: Party): Party => {
    let closed: Promise<void> | undefined;
    const once = { ...party, close: () => (closed ??= party.close()) };
    closings.push(once.close);
    return once;
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
  const context: LabContext = { folder, state, certificates, network: createLabNetwork((name) => readLabTexts(folder.directory, name)), ports, clock, ntlm: options.ntlm ?? false, clockOf: (party) => ({ now: () => clock.now() + (offsets.get(party) ?? 0) }) };

  const sts = await step('token service', async () => keep(await startLabSts(context)));
  const organizations = { onPremises: await openLabOrganization(context, 'onPremises'), cloud: await openLabOrganization(context, 'cloud') };
  closings.push(() => organizations.onPremises.close(), () => organizations.cloud.close());
  if (!state.seeded) {
    const logins = await step('people, calendars and tenant', () => seedLab({ context, sts: sts.admin, organizations, onProgress: (text) => options.onEvent?.({ kind: 'starting', text }) }));
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
  const onPremises = await step('on-premises organisation', async () => keep(await startLabPremises(context, 'onPremises', organizations.onPremises)));
  const cloud = await step('cloud organisation', async () => keep(await startLabPremises(context, 'cloud', organizations.cloud)));
  const relay = await step('relay', async () => keep(await startLabRelay(context)));
  const agent = await step('agent', async () => keep(await startLabAgent(context, async () => (await relay.admin.issueEnrolmentToken(state.tenantId)).token, options.signal)));
  const joins = options.setUp !== false;
  if (joins) await setUpLab({ context, accounts, sts: sts.admin, relay: relay.admin, isDedicated: options.hybridApplication === 'dedicated', ...(options.signal === undefined ? {} : { signal: options.signal }), onStep: (report) => options.onEvent?.({ kind: 'step', report }) });

  const parties = { sts, relay, agent, onPremises, cloud };
  const info = labInfo({ context, accounts, parties, processId: options.processId });
  const client = createLabClient(info);
  try {
    if (joins) await verifyLookups(lookupProofs(info, client), (title, result) => options.onEvent?.({ kind: 'proof', title, result }));
  } finally {
    await client.close();
  }
  writeLabInfo(folder.directory, info);
  closings.push(async () => removeLabInfo(folder.directory));
  return { info, imports, parties, context };
}

/** The state of earlier starts, or that of a first one. What a first start left half done is removed. */
function readyState(folder: LabStateFolder, clock: Clock, freeBusy: FreeBusyTrust | undefined): LabState {
  const former = folder.read();
  if (former?.seeded === true) {
    const state = { ...former, freeBusy: freeBusy ?? former.freeBusy };
    if (state.freeBusy !== former.freeBusy) folder.write(state);
    return state;
  }
  folder.clear(['sts', 'cloud', 'on-premises', 'relay', 'agent', 'accounts.json']);
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

interface InfoParts {
  context: LabContext;
  accounts: readonly LabAccount[];
  processId: number;
  parties: {
    sts: Awaited<ReturnType<typeof startLabSts>>;
    relay: Awaited<ReturnType<typeof startLabRelay>>;
    agent: Awaited<ReturnType<typeof startLabAgent>>;
    onPremises: Awaited<ReturnType<typeof startLabPremises>>;
    cloud: Awaited<ReturnType<typeof startLabPremises>>;
  };
}

function labInfo({ context, accounts, parties, processId }: InfoParts): LabInfo {
  const { tenantId, applicationId } = context.state;
  const local = (port: number, path = ''): string => `https://localhost:${port}${path}`;
  const premisesInfo = (side: 'onPremises' | 'cloud'): LabInfo['parties']['cloud'] => {
    const { running, logs } = parties[side];
    const { mail, autodiscover } = labNames[side];
    return {
      urls: {
        ews: local(running.ports.public, '/EWS/Exchange.asmx'),
        autodiscover: local(running.ports.public, '/autodiscover/autodiscover.svc'),
        admin: local(running.ports.admin, `/adminapi/beta/${tenantId}/InvokeCommand`),
        metrics: local(running.ports.admin, '/metrics'),
      },
      namedUrls: { ews: `https://${mail}/EWS/Exchange.asmx`, autodiscover: `https://${autodiscover}/autodiscover/autodiscover.svc` },
      logs,
      tenant: tenantId,
    };
  };
  const { sts, relay, agent } = parties;
  const stsPort = sts.running.ports.public;
  return {
    version: 1,
    processId,
    startedAt: new Date(context.clock.now()).toISOString(),
    stateDirectory: context.folder.directory,
    caFile: context.certificates.caFile,
    tenant: { id: tenantId, domain: labNames.tenantDomain, coexistenceDomain: labNames.coexistenceDomain },
    relayApplicationId: applicationId,
    freeBusy: context.state.freeBusy,
    parties: {
      onPremises: premisesInfo('onPremises'),
      cloud: premisesInfo('cloud'),
      sts: {
        urls: {
          authority: local(stsPort, `/${tenantId}`),
          token: local(stsPort, `/${tenantId}/oauth2/token`),
          openidConfiguration: local(stsPort, `/${tenantId}/.well-known/openid-configuration`),
          metadata: local(stsPort, `/${tenantId}/metadata/json/1`),
          admin: local(sts.running.ports.admin, '/admin'),
          metrics: local(sts.running.ports.admin, '/metrics'),
        },
        namedUrls: { authority: `https://${labNames.sts}/${tenantId}`, token: `https://${labNames.sts}/${tenantId}/oauth2/token` },
        logs: sts.logs,
        tenant: tenantId,
        adminKeyFile: sts.adminKeyFile,
      },
      relay: {
        urls: {
          endpoint: `https://${applicationId}.localhost:${relay.running.port}/EWS/Exchange.asmx`,
          enrolment: local(relay.running.port),
          admin: local(relay.running.adminPort),
          metrics: local(relay.running.adminPort, '/metrics'),
        },
        namedUrls: { endpoint: `https://${applicationId}.${labNames.relay}/EWS/Exchange.asmx` },
        logs: relay.logs,
        tenant: tenantId,
        adminKeyFile: relay.adminKeyFile,
      },
      agent: {
        urls: { ready: `${agent.adminUrl}/readyz`, metrics: `${agent.adminUrl}/metrics` },
        namedUrls: {},
        logs: agent.logs,
        tenant: tenantId,
      },
    },
    accounts: [...accounts],
    network: context.network.entries().map(({ name, address }) => ({ name, ...address })),
  };
}
