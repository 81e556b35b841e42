import type { BoundParameters, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import type { LocalContext } from '../../sessions/create-local-session.ts';
import type { Cmdlet, CmdletDefinition, OutputObject } from '../define-cmdlet.ts';
import { defineCmdlet } from '../define-cmdlet.ts';

export interface RelayAgent {
  id: string;
  machineName: string;
  externalIp?: string | undefined;
  status: string;
  version: string;
  links: number;
  requests: number;
  errors: number;
  /** Epoch milliseconds. */
  certificateExpiresAt: number;
  lastSeenAt?: number | undefined;
}

export interface RelayApplication {
  /** GUID; the first label of the endpoint's host name. */
  id: string;
  tenantId: string;
  name: string;
  externalUrl: string;
  targets: readonly { url: string }[];
  /** Null: the client's own host name reaches the target. */
  hostHeader?: string | null | undefined;
}

/** What the hybrid cmdlets need of a relay's admin API. Its own client has all of this. */
export interface RelayAdmin {
  listTenants(): Promise<readonly { id: string }[]>;
  listAgents(tenantId?: string): Promise<readonly RelayAgent[]>;
  listApplications(tenantId?: string): Promise<readonly RelayApplication[]>;
  getApplication(id: string): Promise<RelayApplication>;
  createApplication(tenantId: string, application: { id?: string; targets: { url: string }[] }): Promise<RelayApplication>;
  updateApplication(id: string, changes: { targets: { url: string }[] }): Promise<RelayApplication>;
  removeApplication(id: string): Promise<void>;
}

/** Where an agent must be able to connect to. */
export interface ConnectivityEndpoint {
  host: string;
  port: number;
}

export interface ConnectivityMeans {
  /** Relay and token service. */
  required: readonly ConnectivityEndpoint[];
  /** The cloud organisation: tested with `-TestO365Endpoints`. */
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
  Credential: { type: 'secret', ignored: true, description: 'Accepted and without effect: the session is signed in already.' },
} as const;

/** Describes a cmdlet of the published hybrid management module. */
export function defineRelayCmdlet<const Definitions extends ParameterDefinitions>(definition: Omit<CmdletDefinition<RelayContext, Definitions>, 'roles'>): Cmdlet<RelayContext> {
  const run = (context: RelayContext, parameters: unknown): Promise<readonly OutputObject[]> => definition.run(context, parameters as BoundParameters<Definitions>);
  return defineCmdlet({ ...definition, parameters: { ...definition.parameters, ...signInParameters }, roles: [], run });
}

/** `-TargetUri` of New- and Update-HybridApplication. */
export const targetUriParameter = { type: 'url', mandatory: true, description: 'https://host[:port] of the Exchange server or load balancer; a path is left away.' } as const;

/** The origin of a target: the relay takes no path. */
export function targetOf(uri: string): { url: string }[] {
  return [{ url: new URL(uri).origin }];
}

/** An application as the published `onPremisesPublishing` object shows it, with its id and all its targets. */
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
  };
}
