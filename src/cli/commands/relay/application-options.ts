import type { ApplicationView, NewApplication } from '../../../relay/index.ts';
import { readMilliseconds, readNumber, readOptionalNumber, readSize, readSwitch, readWord } from './read-values.ts';
import type { RelayPlace } from './relay-place.ts';

/** Options of `relay application create` and `update`, as commander gives them. */
export interface ApplicationOptions extends RelayPlace {
  id?: string;
  name?: string;
  target?: string[];
  allow?: string[];
  hostName?: string[];
  passThroughHost?: string[];
  hostHeader?: string;
  proxyProtocol?: string;
  responseTimeout?: string;
  idleTimeout?: string;
  totalTimeout?: string;
  requestsPerSecond?: string;
  requestsInFlight?: string;
  connections?: string;
  headSize?: string;
  bodySize?: string;
  health?: string;
  healthInterval?: string;
  healthTimeout?: string;
  tokenIssuer?: string[];
  tokenAudience?: string[];
  partnerApplication?: string[];
  anonymous?: string;
  otherSchemes?: string;
}

const behaviours = ['refuse', 'forward'] as const;

/** The settings that options change. `before`: what the application has now. @throws HybridgeError `CLI_RELAY_VALUE` */
export function settingsOf(options: ApplicationOptions, before?: ApplicationView): Partial<NewApplication> {
  const { name, target, allow, hostName, passThroughHost, hostHeader } = options;
  const settings: Partial<NewApplication> = {};
  if (name !== undefined) settings.name = name;
  if (target !== undefined) settings.targets = target.map(readTarget);
  if (allow !== undefined) settings.allowedPaths = allow;
  if (hostName !== undefined) settings.hostNames = listOf(hostName);
  if (passThroughHost !== undefined) settings.passThroughHosts = listOf(passThroughHost);
  if (hostHeader !== undefined) settings.hostHeader = hostHeader === '' || hostHeader === 'none' ? null : hostHeader;
  if (options.proxyProtocol !== undefined) settings.proxyProtocol = readSwitch('--proxy-protocol', options.proxyProtocol);
  if (options.responseTimeout !== undefined) settings.responseTimeoutMs = readMilliseconds('--response-timeout', options.responseTimeout);
  if (options.idleTimeout !== undefined) settings.idleTimeoutMs = readMilliseconds('--idle-timeout', options.idleTimeout);
  if (options.totalTimeout !== undefined) settings.totalTimeoutMs = options.totalTimeout === 'none' ? null : readMilliseconds('--total-timeout', options.totalTimeout);
  if (options.requestsPerSecond !== undefined) settings.requestsPerSecond = readOptionalNumber('--requests-per-second', options.requestsPerSecond);
  if (options.requestsInFlight !== undefined) settings.requestsInFlight = readOptionalNumber('--requests-in-flight', options.requestsInFlight);
  if (options.connections !== undefined) settings.connections = readOptionalNumber('--connections', options.connections);
  if (options.headSize !== undefined) settings.headBytes = readSize('--head-size', options.headSize);
  if (options.bodySize !== undefined) settings.bodyBytes = options.bodySize === 'none' ? null : readSize('--body-size', options.bodySize);
  return { ...settings, ...healthCheckOf(options, before), ...accessTokensOf(options, before) };
}

/** `https://host[:port][,weight=N]`. */
function readTarget(text: string): { url: string; weight?: number } {
  const [, url = text, weight] = /^(.*?),weight=(.*)$/.exec(text) ?? [];
  return weight === undefined ? { url } : { url, weight: readNumber('--target', weight) };
}

/** One `none` empties a list. */
export function listOf(values: readonly string[]): string[] {
  return values.length === 1 && values[0] === 'none' ? [] : [...values];
}

function healthCheckOf({ health, healthInterval, healthTimeout }: ApplicationOptions, before: ApplicationView | undefined): Partial<NewApplication> {
  if (health === 'none') return { healthCheck: null };
  if (health === undefined && healthInterval === undefined && healthTimeout === undefined) return {};
  const path = health === undefined ? before?.healthCheck?.path : health === 'tls' ? undefined : health;
  return {
    healthCheck: {
      ...before?.healthCheck,
      path,
      ...(healthInterval === undefined ? {} : { intervalMs: readMilliseconds('--health-interval', healthInterval) }),
      ...(healthTimeout === undefined ? {} : { timeoutMs: readMilliseconds('--health-timeout', healthTimeout) }),
    },
  };
}

function accessTokensOf(options: ApplicationOptions, before: ApplicationView | undefined): Partial<NewApplication> {
  const { tokenIssuer, tokenAudience, partnerApplication, anonymous, otherSchemes } = options;
  if (tokenIssuer?.[0] === 'none') return { accessTokens: null };
  if ([tokenIssuer, tokenAudience, partnerApplication, anonymous, otherSchemes].every((given) => given === undefined)) return {};
  return {
    accessTokens: {
      ...before?.accessTokens,
      issuers: tokenIssuer ?? before?.accessTokens?.issuers ?? [],
      ...(tokenAudience === undefined ? {} : { audiences: listOf(tokenAudience) }),
      ...(partnerApplication === undefined ? {} : { partnerApplications: listOf(partnerApplication) }),
      ...(anonymous === undefined ? {} : { anonymous: readWord('--anonymous', anonymous, behaviours) }),
      ...(otherSchemes === undefined ? {} : { otherSchemes: readWord('--other-schemes', otherSchemes, behaviours) }),
    },
  };
}
