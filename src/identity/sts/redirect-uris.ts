import type { ServicePrincipalRow } from './service-principals.ts';
import { readList } from './service-principals.ts';

/** The address for applications that watch their own sign-in window. */
export const outOfBandUri = 'urn:ietf:wg:oauth:2.0:oob';

/** Schemes with which an answer would run as a program or read files. */
const dangerousSchemes = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:', 'filesystem:', 'view-source:']);

const loopback = /^http:\/\/(?<host>localhost|127\.0\.0\.1|\[::1\])(?::(?<port>\d{1,5}))?(?<path>\/[\x21\x24-\x5b\x5d-\x7e]*)?$/i;

/**
 * True for what may be registered: HTTPS, HTTP on loopback, or an application's own scheme. No fragment (RFC 6749
 * §3.1.2), no user name, no wildcard, printable ASCII only.
 */
export function isRegistrableRedirectUri(uri: string): boolean {
  if (uri === outOfBandUri) return true;
  if (uri.length > 2000 || !/^[\x21-\x7e]+$/.test(uri) || /[#*\\"'<>{}|^`]/.test(uri) || !URL.canParse(uri)) return false;
  const { protocol, username, password } = new URL(uri);
  if (username !== '' || password !== '' || dangerousSchemes.has(protocol)) return false;
  if (protocol === 'https:') return /^https:\/\/[^/]/i.test(uri);
  return protocol === 'http:' ? loopback.test(uri) : /^[a-z][a-z0-9+.-]*:\/\/./i.test(uri);
}

/**
 * True for an address that the application registered, character for character. For addresses on loopback the port is
 * free (RFC 8252 §7.3), and a public client has the out-of-band address and loopback without a path besides.
 */
export function acceptsRedirectUri(principal: ServicePrincipalRow, uri: string): boolean {
  const registered = readList(principal.redirectUris);
  if (registered.includes(uri)) return true;
  const wanted = withoutPort(uri);
  if (principal.publicClient === 1 && (uri === outOfBandUri || (wanted !== undefined && /^[^/]+\/$/.test(wanted)))) return true;
  return wanted !== undefined && registered.some((one) => withoutPort(one) === wanted);
}

/** Host and path of an HTTP address on loopback; undefined for everything else. */
function withoutPort(uri: string): string | undefined {
  const groups = loopback.exec(uri)?.groups;
  if (groups === undefined || Number(groups['port'] ?? 80) > 65_535) return undefined;
  return `${groups['host']?.toLowerCase()}${groups['path'] ?? '/'}`;
}

/** The answer's address: parameters are added to its query, or are its fragment; registered addresses have none. */
export function withParameters(redirectUri: string, parameters: Readonly<Record<string, string>>, place: 'query' | 'fragment'): string {
  if (place === 'fragment') return `${redirectUri}#${new URLSearchParams(parameters).toString()}`;
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters).toString()}`;
}
