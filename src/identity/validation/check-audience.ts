import { invalidAudience, unknownTenant, wrongHost, wrongScheme } from './rejections.ts';

/** What the request itself says about where it went. */
export interface RequestTarget {
  /** The `Host` header; a port is ignored. */
  host: string;
  /** Of the connection on which the request came in. */
  scheme: 'https' | 'http';
}

/** `Host` without its port, lower case. Brackets of an IPv6 address stay. */
export function hostWithoutPort(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '');
}

/**
 * Checks the audience of an actor token, `{application id}/{host}@{realm}` ([MS-XOAUTH] §3.2.5.6): application id and
 * realm are compared exactly, the host without regard to case.
 */
export function checkServiceAudience(audience: unknown, expected: { applicationId: string; realm: string }, target: RequestTarget): void {
  const [, applicationId, host, realm] = typeof audience === 'string' ? (/^([^/@]+)\/([^/@]+)@([^/@]+)$/.exec(audience) ?? []) : [];
  if (applicationId === undefined || host === undefined || realm === undefined || applicationId !== expected.applicationId) throw invalidAudience(audience);
  if (realm !== expected.realm) throw unknownTenant(realm);
  const requested = hostWithoutPort(target.host);
  if (hostWithoutPort(host) !== requested) throw wrongHost(`https://${host}`, requested);
  // An actor token names no scheme; that it must be https is said with the same text as for a wrong host.
  if (target.scheme !== 'https') throw wrongHost(`https://${host}`, requested);
}

/** The audience that was right last, and for which `Host`: nearly every request goes where the one before it went. */
let last: { audience: unknown; host: string } = { audience: undefined, host: '' };

/** Checks the audience of a user's token: `https://{host}`, with or without a final slash. */
export function checkUserAudience(audience: unknown, target: RequestTarget): void {
  if (audience === last.audience && target.host === last.host && target.scheme === 'https') return;
  const [, host] = typeof audience === 'string' ? (/^https:\/\/([^/?#@]+)\/?$/i.exec(audience) ?? []) : [];
  if (host === undefined) throw invalidAudience(audience);
  const requested = hostWithoutPort(target.host);
  if (hostWithoutPort(host) !== requested) throw wrongHost(audience, requested);
  if (target.scheme !== 'https') throw wrongScheme(audience, requested, target.scheme);
  last = { audience, host: target.host };
}
