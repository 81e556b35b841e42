import type { BoundParameters, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import type { LocalContext } from '../../sessions/create-local-session.ts';
import type { Cmdlet, CmdletDefinition, OutputObject } from '../define-cmdlet.ts';
import { defineCmdlet } from '../define-cmdlet.ts';
import { settingsOutput } from './application-parameters.ts';

export interface RelayAgent {
  id: string;
  machineName: string;
  externalIp?: string | undefined;
  status: string;
  version: string;
  links: number;
  requests: number;
  errors: number;
  bytesReceived: number;
  bytesSent: number;
  /** Epoch milliseconds. */
  certificateExpiresAt: number;
  lastSeenAt?: number | undefined;
  /** Since when it may no longer connect. */
  revokedAt?: number | undefined;
  /** What the agent says of itself while it works. */
  problems: readonly { code: string; message: string }[];
}

/** What can be set on an application; times in milliseconds. Absent ones stay as they are. */
export interface RelayApplicationSettings {
  name?: string;
  targets?: { url: string; weight?: number }[];
  allowedPaths?: string[];
  hostNames?: string[];
  passThroughHosts?: string[];
  proxyProtocol?: boolean;
  /** Null: the client's own host name reaches the target. */
  hostHeader?: string | null;
  responseTimeoutMs?: number;
  idleTimeoutMs?: number;
  totalTimeoutMs?: number | null;
  requestsPerSecond?: number | null;
  requestsInFlight?: number | null;
  connections?: number | null;
  headBytes?: number;
  bodyBytes?: number | null;
  healthCheck?: { path?: string | undefined; intervalMs?: number; timeoutMs?: number } | null;
  accessTokens?: { issuers: string[] } | null;
}

export interface RelayApplication extends RelayApplicationSettings {
  /** GUID; the first label of the endpoint's host name. */
  id: string;
  tenantId: string;
  name: string;
  externalUrl: string;
  targets: { url: string; weight?: number }[];
}

/** What the hybrid cmdlets need of a relay's admin API. Its own client has all of this. */
export interface RelayAdmin {
  listTenants(): Promise<readonly { id: string }[]>;
  listAgents(tenantId?: string): Promise<readonly RelayAgent[]>;
  listApplications(tenantId?: string): Promise<readonly RelayApplication[]>;
  getApplication(id: string): Promise<RelayApplication>;
  createApplication(tenantId: string, application: RelayApplicationSettings & { id?: string; targets: { url: string; weight?: number }[] }): Promise<RelayApplication>;
  updateApplication(id: string, changes: RelayApplicationSettings): Promise<RelayApplication>;
  removeApplication(id: string): Promise<void>;
}

/** Where an agent must be able to connect to. */
export interface ConnectivityEndpoint {
  host: string;
  port: number;
}

export interface ConnectivityMeans {
  /** The relay, and the token service where it is known. */
  required: () => Promise<readonly ConnectivityEndpoint[]>;
  /** The cloud organisation: tested with `-TestO365Endpoints`. Empty: none is known. */
  office365: readonly ConnectivityEndpoint[];
  /** Resolves when a connection was opened (and closed again); rejects with the reason. */
  connect: (endpoint: ConnectivityEndpoint) => Promise<void>;
  /** Host text: what the cmdlet says while it works. */
  say: (text: string) => void;
}

export interface RelayMeans {
  /** What Test-HybridConnectivity tests, where the session knows it. */
  connectivity?: ConnectivityMeans;
  relay: RelayAdmin;
  /** Absent: every tenant that the admin key shows. */
  tenantId?: string;
}

export type RelayContext = RelayMeans & LocalContext;

const signInParameters = {
  UserPrincipalName: { type: 'string', ignored: true, description: 'Accepted and without effect: the session is signed in already.' },
  Credential: { type: 'credential', ignored: true, description: 'Accepted and without effect: the session is signed in already.' },
} as const;

/** Describes a cmdlet of the published hybrid management module. */
export function defineRelayCmdlet<const Definitions extends ParameterDefinitions>(definition: Omit<CmdletDefinition<RelayContext, Definitions>, 'roles'>): Cmdlet<RelayContext> {
  const run = (context: RelayContext, parameters: unknown): Promise<readonly OutputObject[]> => definition.run(context, parameters as BoundParameters<Definitions>);
  return defineCmdlet({ ...definition, parameters: { ...definition.parameters, ...signInParameters }, roles: [], run });
}

/** `-TargetUri` of New- and Update-HybridApplication. */
export const targetUriParameter = { type: 'url', description: 'https://host[:port] of the Exchange server or load balancer; a path is left away.' } as const;

/** An application as the published `onPremisesPublishing` object shows it, with its id, all its targets and our settings. */
export function applicationOutput(application: RelayApplication): OutputObject {
  return {
    appId: application.id,
    applicationServerTimeout: 'Default',
    applicationType: 'microsoftapp',
    externalAuthenticationType: 'passthru',
    externalUrl: application.externalUrl,
    internalUrl: application.targets[0]?.url ?? null,
    internalUrls: application.targets.map((target) => target.url),
    isOnPremPublishingEnabled: application.targets.length > 0,
    isTranslateHostHeaderEnabled: typeof application.hostHeader === 'string',
    ...settingsOutput(application),
  };
}
