import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { getCACertificates } from 'node:tls';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { createHttpClient, systemClock, systemDial } from '../../../foundation/index.ts';
import type { Dial } from '../../../foundation/index.ts';
import { createLabClient, labDial, lookupProofs, publishLabText, readLabInfo } from '../../../lab/index.ts';
import type { LabInfo } from '../../../lab/index.ts';
import { loadConfiguration } from '../../../service/index.ts';
import { setupChoicesSchema } from '../../../wizard/index.ts';
import type { AgentInstaller, LookupProof, Sessions, SetupChoices, TextRecord } from '../../../wizard/index.ts';
import { setupConfigurationSchema } from '../../configuration/setup-configuration.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import type { ConnectedSessions } from '../connected-sessions.ts';
import { configuredSessions, labSessions } from '../connected-sessions.ts';
import { agentHome, machineFacts, processHome } from './agent/agent-home.ts';
import { createLocalAgent } from './agent/create-local-agent.ts';

/** Where set-up works: a running lab, or what a file of connections and evidence names. */
export interface SetupPlace {
  sessions: Partial<Sessions>;
  /** What the place decides; flags go before it. */
  choices: SetupChoices;
  /** Folder of records and logs. */
  recordsFolder: string;
  evidence: readonly string[];
  /** By which user and password each side is called; changed by the credentials page. */
  logins: ConnectedSessions['logins'];
  /** Whom the relay shows, where the file names no tenant of it. */
  relayTenants?: () => Promise<readonly { id: string; name: string }[]>;
  /** Has the relay revoke an agent; absent where there is no relay. */
  revokeAgent?: (id: string) => Promise<void>;
  /** The agent of this machine; absent where there is no relay that would enrol one. */
  localAgent?: AgentInstaller;
  /** Publishes TXT records; absent: a person must. */
  publishText?: (record: TextRecord) => Promise<void>;
  /** Opens and closes a connection, as prerequisites ask for. */
  connect: (host: string, port: number) => Promise<void>;
  /** Milliseconds by which a server's clock is ahead; undefined where it does not say. */
  clockOffset: (url: string) => Promise<number | undefined>;
  /** Real lookups, where the place has people who can make them. */
  proofs: readonly LookupProof[];
  close(): Promise<void>;
}

export interface SetupPlaceOptions {
  state?: string;
  config?: string;
  records?: string;
  /** Files or folders of what `hybridge collect` gathered. */
  evidence?: readonly string[];
}

/** @throws ConfigurationError; LabError `LAB_NOT_RUNNING` */
export function connectSetup(options: SetupPlaceOptions, { env }: CommandSurroundings, onWarning: (message: string) => void): SetupPlace {
  const recordsOf = (named?: string): string => resolve(options.records ?? named ?? join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'hybridge', 'setup'));
  // Evidence alone is enough for a plan.
  if (options.config === undefined && options.state === undefined && options.evidence !== undefined) return { sessions: {}, logins: {}, choices: setupChoicesSchema.parse({}), recordsFolder: recordsOf(), evidence: options.evidence, ...probes(systemDial, new Agent()), proofs: [], close: async () => undefined };
  if (options.config === undefined) return connectLab(readLabInfo(resolve(options.state ?? '.hybridge/lab')), options, env, onWarning);
  const configuration = loadConfiguration({ file: resolve(options.config), schema: setupConfigurationSchema, prefix: 'HYBRIDGE_SETUP', environment: env });
  const { settings } = configuration;
  const httpClient = createHttpClient({ dial: systemDial, ca: [...getCACertificates('default'), ...(settings.ca === undefined ? [] : [configuration.text('ca', settings.ca)])] });
  const { sessions, logins, relayAdmin } = configuredSessions(configuration, httpClient, onWarning);
  const recordsFolder = recordsOf(settings.records === undefined ? undefined : configuration.path(settings.records));
  const { agent, relay } = settings;
  return {
    sessions,
    logins,
    ...(relayAdmin === undefined
      ? {}
      : {
          ...(relay?.tenant === undefined ? { relayTenants: () => relayAdmin.listTenants() } : {}),
          revokeAgent: (id: string) => relayAdmin.revokeAgent(id),
          localAgent: createLocalAgent({
            home: agentHome(machineFacts(), agent.folder === undefined ? join(recordsFolder, 'agent') : configuration.path(agent.folder)),
            configuration: withPaths({ ...(settings.ca === undefined ? {} : { ca: settings.ca }), ...agent.configuration }, (path) => configuration.path(path)),
            relayAdmin,
            environment: env,
            ...(relay?.tenant === undefined ? {} : { tenantId: relay.tenant }),
            ...(agent.relay === undefined ? {} : { relayUrl: agent.relay }),
          }),
        }),
    choices: settings.setup,
    recordsFolder,
    evidence: [...settings.evidence.map((path) => configuration.path(path)), ...(options.evidence ?? [])],
    ...probes(systemDial, httpClient),
    proofs: [],
    close: () => httpClient.close(),
  };
}

/** Files that agent.yaml names are found from its own folder, which is another one. */
function withPaths(configuration: Readonly<Record<string, unknown>>, path: (relative: string) => string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(configuration).map(([key, value]) => [key, (key === 'ca' || key === 'targetCa') && typeof value === 'string' ? path(value) : value]));
}

function connectLab(info: LabInfo, options: SetupPlaceOptions, env: CommandSurroundings['env'], onWarning: (message: string) => void): SetupPlace {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const client = createLabClient(info);
  const { sessions, logins, relayAdmin } = labSessions(info, httpClient, onWarning);
  const authority = new URL(info.parties.sts.namedUrls['authority'] ?? '');
  const recordsFolder = resolve(options.records ?? join(info.stateDirectory, 'setup'));
  return {
    sessions,
    logins,
    revokeAgent: (id) => relayAdmin.revokeAgent(id),
    localAgent: createLocalAgent({
      home: processHome(join(recordsFolder, 'agent'), 'nothing of a lab is installed on its machine'),
      configuration: { ca: info.caFile, targetCa: info.caFile, connectTo: Object.fromEntries(info.network.filter(({ name }) => !name.startsWith('*')).map(({ name, host, port }) => [name, `${host}:${port}`])), drainSeconds: 1 },
      relayAdmin,
      tenantId: info.tenant.id,
      relayUrl: info.parties.relay.urls['enrolment'] ?? '',
      environment: env,
    }),
    choices: setupChoicesSchema.parse({
      endpoints: {
        cloudDiscovery: info.parties.cloud.namedUrls['autodiscover'],
        onPremisesDiscovery: info.parties.onPremises.namedUrls['autodiscover'],
        acsMetadata: `${authority.href}/metadata/json/1`,
        evoStsMetadata: `${authority.href}/.well-known/openid-configuration`,
        gatewayMetadata: `${authority.origin}/FederationMetadata/2006-12/FederationMetadata.xml`,
        mailTlsDomain: URL.parse(info.parties.cloud.namedUrls['smtp'] ?? '')?.hostname,
      },
    }),
    recordsFolder,
    evidence: options.evidence ?? [],
    ...probes(labDial(info), httpClient),
    publishText: async (record) => publishLabText(info.stateDirectory, record),
    proofs: lookupProofs(info, client),
    async close() {
      await client.close();
      await httpClient.close();
    },
  };
}

function probes(dial: Dial, httpClient: Dispatcher): Pick<SetupPlace, 'connect' | 'clockOffset'> {
  return {
    async connect(host, port) {
      (await dial(host, port, AbortSignal.timeout(probeTimeoutMs))).destroy();
    },
    async clockOffset(url) {
      const { headers, body } = await request(url, { dispatcher: httpClient, method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) });
      await body.dump();
      const { date } = headers;
      return typeof date === 'string' ? Date.parse(date) - systemClock.now() : undefined;
    },
  };
}

const probeTimeoutMs = 10_000;
