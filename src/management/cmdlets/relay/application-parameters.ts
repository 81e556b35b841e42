import type { BoundParameters, MultiValued, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import type { RelayApplication, RelayApplicationSettings } from './relay-context.ts';

/**
 * What New- and Update-HybridApplication set beyond the published parameters. Times are seconds, sizes bytes; `$null`
 * takes a limit away, 1 is the smallest.
 */
export const applicationParameters = {
  Name: { type: 'string', own: true, description: 'For people.' },
  StandbyTargetUri: { type: 'url', many: true, own: true, description: 'Servers that are used while no other is healthy.' },
  AllowedPaths: { type: 'string', many: true, own: true, description: 'Published paths such as /EWS/*, or presets: ews, autodiscover, mapi, oab, activesync, owa, metadata, mrs.' },
  HostNames: { type: 'string', many: true, own: true, description: 'Host names of its own at which TLS ends at the relay.' },
  PassThroughHostNames: { type: 'string', many: true, own: true, description: 'Host names whose TLS goes to the target untouched.' },
  ProxyProtocolEnabled: { type: 'boolean', own: true, description: "Tells targets of pass-through connections the client's address." },
  HostHeader: { type: 'string', nullable: true, own: true, description: 'Sent to the target instead of the name that the client used.' },
  ResponseTimeoutSeconds: { type: 'integer', own: true, description: 'Until the first byte of an answer.' },
  IdleTimeoutSeconds: { type: 'integer', own: true, description: 'Without a byte in either direction.' },
  TotalTimeoutSeconds: { type: 'integer', nullable: true, own: true, description: 'For a whole request and its answer.' },
  RequestsPerSecond: { type: 'integer', nullable: true, own: true, description: 'Over all clients.' },
  RequestsInFlight: { type: 'integer', nullable: true, own: true, description: 'Requests in work at once.' },
  Connections: { type: 'integer', nullable: true, own: true, description: 'Client connections at once.' },
  MaximumHeadBytes: { type: 'integer', own: true, description: "Size of a request's header fields; 131072 at most." },
  MaximumBodyBytes: { type: 'integer', nullable: true, own: true, description: "Size of a request's body." },
  HealthCheckPath: { type: 'string', nullable: true, own: true, description: 'Agents ask targets for this path.' },
  HealthCheckIntervalSeconds: { type: 'integer', own: true, description: 'Between two looks.' },
  TokenIssuers: { type: 'string', many: true, own: true, description: 'Metadata documents of issuers whose access tokens the relay lets through; none: the target alone decides.' },
} as const satisfies ParameterDefinitions;

type Given = BoundParameters<typeof applicationParameters>;

/** The settings that parameters change. `before`: what the application has now. */
export function settingsOf(given: Given & { TargetUri?: string }, before?: RelayApplication): RelayApplicationSettings {
  const list = (current: readonly string[] | undefined, change: MultiValued): string[] => applyMultiValued(current ?? [], change);
  const seconds = (value: number | null): number | null => (value === null ? null : value * 1000);
  const settings: RelayApplicationSettings = { ...targetsOf(given, before), ...healthCheckOf(given, before) };
  if (given.Name !== undefined) settings.name = given.Name;
  if (given.AllowedPaths !== undefined) settings.allowedPaths = list(before?.allowedPaths, given.AllowedPaths);
  if (given.HostNames !== undefined) settings.hostNames = list(before?.hostNames, given.HostNames);
  if (given.PassThroughHostNames !== undefined) settings.passThroughHosts = list(before?.passThroughHosts, given.PassThroughHostNames);
  if (given.ProxyProtocolEnabled !== undefined) settings.proxyProtocol = given.ProxyProtocolEnabled;
  if (given.HostHeader !== undefined) settings.hostHeader = given.HostHeader;
  if (given.ResponseTimeoutSeconds !== undefined) settings.responseTimeoutMs = given.ResponseTimeoutSeconds * 1000;
  if (given.IdleTimeoutSeconds !== undefined) settings.idleTimeoutMs = given.IdleTimeoutSeconds * 1000;
  if (given.TotalTimeoutSeconds !== undefined) settings.totalTimeoutMs = seconds(given.TotalTimeoutSeconds);
  if (given.RequestsPerSecond !== undefined) settings.requestsPerSecond = given.RequestsPerSecond;
  if (given.RequestsInFlight !== undefined) settings.requestsInFlight = given.RequestsInFlight;
  if (given.Connections !== undefined) settings.connections = given.Connections;
  if (given.MaximumHeadBytes !== undefined) settings.headBytes = given.MaximumHeadBytes;
  if (given.MaximumBodyBytes !== undefined) settings.bodyBytes = given.MaximumBodyBytes;
  if (given.TokenIssuers !== undefined) {
    const issuers = list(before?.accessTokens?.issuers, given.TokenIssuers);
    settings.accessTokens = issuers.length === 0 ? null : { ...before?.accessTokens, issuers };
  }
  return settings;
}

function targetsOf({ TargetUri, StandbyTargetUri }: Given & { TargetUri?: string }, before: RelayApplication | undefined): RelayApplicationSettings {
  if (TargetUri === undefined && StandbyTargetUri === undefined) return {};
  const known = before?.targets ?? [];
  // As published, a new address replaces all; stand-bys stay what they are unless they are given too.
  const first = TargetUri === undefined ? known.filter(({ weight }) => weight !== 0) : targetOf(TargetUri);
  const standby = known.filter(({ weight }) => weight === 0).map(({ url }) => url);
  const wanted = StandbyTargetUri === undefined ? standby : applyMultiValued(standby, StandbyTargetUri).map((url) => new URL(url).origin);
  return { targets: [...first, ...wanted.filter((url) => first.every((target) => target.url !== url)).map((url) => ({ url, weight: 0 }))] };
}

function healthCheckOf({ HealthCheckPath, HealthCheckIntervalSeconds }: Given, before: RelayApplication | undefined): RelayApplicationSettings {
  if (HealthCheckPath === null) return { healthCheck: null };
  if (HealthCheckPath === undefined && HealthCheckIntervalSeconds === undefined) return {};
  return {
    healthCheck: {
      ...before?.healthCheck,
      ...(HealthCheckPath === undefined ? {} : { path: HealthCheckPath }),
      ...(HealthCheckIntervalSeconds === undefined ? {} : { intervalMs: HealthCheckIntervalSeconds * 1000 }),
    },
  };
}

/** The same settings in the output of the cmdlets, by the names of their parameters. */
export function settingsOutput(application: RelayApplication): Record<string, unknown> {
  const { targets, healthCheck } = application;
  const seconds = (value: number | null | undefined): number | null => (typeof value === 'number' ? value / 1000 : null);
  return {
    name: application.name,
    standbyTargetUri: targets.filter(({ weight }) => weight === 0).map(({ url }) => url),
    allowedPaths: [...(application.allowedPaths ?? [])],
    hostNames: [...(application.hostNames ?? [])],
    passThroughHostNames: [...(application.passThroughHosts ?? [])],
    proxyProtocolEnabled: application.proxyProtocol ?? false,
    hostHeader: application.hostHeader ?? null,
    responseTimeoutSeconds: seconds(application.responseTimeoutMs),
    idleTimeoutSeconds: seconds(application.idleTimeoutMs),
    totalTimeoutSeconds: seconds(application.totalTimeoutMs),
    requestsPerSecond: application.requestsPerSecond ?? null,
    requestsInFlight: application.requestsInFlight ?? null,
    connections: application.connections ?? null,
    maximumHeadBytes: application.headBytes ?? null,
    maximumBodyBytes: application.bodyBytes ?? null,
    healthCheckPath: healthCheck?.path ?? null,
    healthCheckIntervalSeconds: seconds(healthCheck?.intervalMs),
    tokenIssuers: [...(application.accessTokens?.issuers ?? [])],
  };
}

/** The origin of a target: the relay takes no path. */
function targetOf(uri: string): { url: string }[] {
  return [{ url: new URL(uri).origin }];
}
