import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.ts';

/*
 * Cookies: `__Host-` binds them to this host, TLS and every path (RFC 6265bis §4.1.3.2), so that no neighbouring host can
 * plant them; `SameSite=Lax` sends them with links that lead here and with nothing else from outside.
 */
const sessionCookie = '__Host-hybridge-session';
const browserCookie = '__Host-hybridge-browser';
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

const opaque = /^[A-Za-z0-9_-]{43}$/;

/** What a browser shows: the id of its session, if it has one. */
export function readSessionCookie(request: IncomingMessage): string | undefined {
  return readCookie(request, sessionCookie);
}

export function setSessionCookie(response: ServerResponse, id: string): void {
  response.appendHeader('set-cookie', `${sessionCookie}=${id}; ${attributes}`);
}

export function clearSessionCookie(response: ServerResponse): void {
  response.appendHeader('set-cookie', `${sessionCookie}=; ${attributes}; Max-Age=0`);
}

/** The secret that ties forms to the browser they were shown in; made where the browser has none. */
export function ensureBrowserSecret(request: IncomingMessage, response: ServerResponse): string {
  const known = readBrowserSecret(request);
  if (known !== undefined) return known;
  const secret = createOpaqueToken();
  response.appendHeader('set-cookie', `${browserCookie}=${secret}; ${attributes}`);
  return secret;
}

export function readBrowserSecret(request: IncomingMessage): string | undefined {
  return readCookie(request, browserCookie);
}

/** Goes into every form, and comes back with it: only a page of ours knows it, because only the browser knows the secret. */
export function formToken(browserSecret: string): string {
  return hashOpaqueToken(`form ${browserSecret}`);
}

export function isFormToken(browserSecret: string | undefined, token: string | undefined): boolean {
  if (browserSecret === undefined || token === undefined) return false;
  const expected = Buffer.from(formToken(browserSecret));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** A cookie of ours; undefined also where there are two of one name, or one that we never made. */
function readCookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const values = pairs.flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []));
  const [value] = values;
  return values.length === 1 && value !== undefined && opaque.test(value) ? value : undefined;
}
