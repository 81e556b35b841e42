import type { ApplicationView } from '../../../relay/index.ts';
import { presetsOf } from '../../../relay/index.ts';
import { formatBytes, formatSeconds } from './format-values.ts';

/** An application as `Label: value` pairs for people, every setting with its unit. */
export function describeApplication(application: ApplicationView): [label: string, value: string][] {
  const { targets, healthCheck, accessTokens } = application;
  const list = (values: readonly string[], none = 'none'): string => (values.length === 0 ? none : values.join(', '));
  const limit = (value: number | null, none: string): string => (value === null ? none : value.toLocaleString('en-US'));
  return [
    ['Endpoint', list(application.externalUrls)],
    ['Name', application.name],
    ['Tenant', application.tenantId],
    ['Targets', list(targets.map(describeTarget))],
    ['Health check', healthCheck === null ? 'only of targets that have failed' : `${healthCheck.path === undefined ? 'TLS handshake' : `GET ${healthCheck.path}`} every ${formatSeconds(healthCheck.intervalMs)}, at most ${formatSeconds(healthCheck.timeoutMs)}`],
    ['Allowed paths', list(application.allowedPaths)],
    ['  as presets', list(presetsOf(application.allowedPaths))],
    ['Own host names', list(application.hostNames)],
    ['Passed through', list(application.passThroughHosts)],
    ['PROXY protocol', application.proxyProtocol ? 'to targets of pass-through connections' : 'off'],
    ['Host header', application.hostHeader ?? 'as the client sent it'],
    ['Response time-out', formatSeconds(application.responseTimeoutMs)],
    ['Idle time-out', formatSeconds(application.idleTimeoutMs)],
    ['Total time-out', application.totalTimeoutMs === null ? 'none' : formatSeconds(application.totalTimeoutMs)],
    ['Requests a second', limit(application.requestsPerSecond, 'what the tenant may')],
    ['Requests in work', limit(application.requestsInFlight, 'what the tenant may')],
    ['Connections', limit(application.connections, 'what the tenant may')],
    ['Size of a head', formatBytes(application.headBytes)],
    ['Size of a body', application.bodyBytes === null ? 'no limit' : formatBytes(application.bodyBytes)],
    ...(accessTokens === null
      ? [['Access tokens', 'looked at by the target only'] as [string, string]]
      : ([
          ['Access tokens', `of ${list(accessTokens.issuers)}`],
          ['  for', list(['the host name asked for', ...accessTokens.audiences])],
          ['  of applications', list(accessTokens.partnerApplications)],
          ['  without any', accessTokens.anonymous === 'refuse' ? 'refused' : 'forwarded'],
          ['  other schemes', accessTokens.otherSchemes === 'refuse' ? 'refused' : 'forwarded'],
        ] as [string, string][])),
    ['Since', `${new Date(application.createdAt).toISOString().slice(0, 16)}Z`],
  ];
}

function describeTarget({ url, weight }: ApplicationView['targets'][number]): string {
  return weight === 1 ? url : weight === 0 ? `${url} (stand-by)` : `${url} (weight ${weight})`;
}
