import { createHash, randomBytes } from 'node:crypto';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { outlookClientId } from '../../identity/index.ts';
import { outlookHeaders } from './outlook-headers.ts';

/** What the window watches for, to take the code from. */
const redirectUri = 'urn:ietf:wg:oauth:2.0:oob';
const mostSteps = 10;

export interface WindowOptions {
  httpClient: Dispatcher;
  /** Where the server sent the client: its `authorization_uri`. */
  authority: string;
  resource: string;
  userName: string;
  password: string;
}

/** What a token endpoint gives, or what it or the window says. */
export type TokenAnswer = { accessToken: string; refreshToken: string | undefined } | { refusal: string };

/**
 * Signs somebody in as Outlook's window does, which is a browser: the authorization endpoint with PKCE (RFC 7636), the page
 * that asks for name and password, and the code that comes back, for tokens.
 */
export async function signInByWindow({ httpClient, authority, resource, userName, password }: WindowOptions): Promise<TokenAnswer> {
  const verifier = randomBytes(32).toString('base64url');
  const start = new URL(authority);
  const parameters = { client_id: outlookClientId, response_type: 'code', redirect_uri: redirectUri, resource, code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', login_hint: userName };
  for (const [name, value] of Object.entries(parameters)) start.searchParams.set(name, value);
  const cookies = new Map<string, string>();
  let next: { url: URL; form?: Record<string, string> } = { url: start };
  for (let step = 0; step < mostSteps; step++) {
    const answer = await browse(httpClient, cookies, next);
    if (answer.location?.startsWith(redirectUri) === true) {
      const returned = new URLSearchParams(answer.location.slice(answer.location.indexOf('?') + 1));
      const code = returned.get('code');
      return code === null ? { refusal: `The window at ${authority} says: ${returned.get('error_description') ?? returned.get('error') ?? 'nothing'}` } : redeem(httpClient, authority, { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier, resource });
    }
    if (answer.location !== undefined) next = { url: new URL(answer.location, next.url) };
    else {
      const action = /<form method="post" action="([^"]*)"/.exec(answer.text)?.[1];
      const inputs = Object.fromEntries(Array.from(answer.text.matchAll(/<input [^>]*>/g), ([tag]) => [plain(/ name="([^"]*)"/.exec(tag)?.[1] ?? ''), plain(/ value="([^"]*)"/.exec(tag)?.[1] ?? '')]));
      // A page that asks again, or for nothing: what it says is all that there is.
      if (action === undefined || (next.form !== undefined && 'password' in inputs)) return { refusal: `The window at ${authority} says: ${wordsOf(answer.text)}` };
      next = { url: new URL(plain(action), next.url), form: { ...inputs, username: userName, password } };
    }
  }
  return { refusal: `The window at ${authority} goes round in circles.` };
}

/** A new token for a grant. The token endpoint stands beside the authorization endpoint. */
export async function redeem(httpClient: Dispatcher, authority: string, form: Record<string, string>): Promise<TokenAnswer> {
  const endpoint = new URL(authority);
  endpoint.pathname = endpoint.pathname.replace(/\/authorize$/, '/token');
  endpoint.search = '';
  const response = await request(endpoint, {
    dispatcher: httpClient,
    method: 'POST',
    headers: { ...outlookHeaders, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: outlookClientId, ...form }).toString(),
  });
  const text = await response.body.text();
  const answer = (response.statusCode < 500 && text.startsWith('{') ? JSON.parse(text) : {}) as { access_token?: unknown; refresh_token?: unknown; error_description?: unknown };
  if (typeof answer.access_token === 'string') return { accessToken: answer.access_token, refreshToken: typeof answer.refresh_token === 'string' ? answer.refresh_token : undefined };
  return { refusal: `${authority} says: ${typeof answer.error_description === 'string' ? answer.error_description : `HTTP ${response.statusCode}`}` };
}

async function browse(httpClient: Dispatcher, cookies: Map<string, string>, { url, form }: { url: URL; form?: Record<string, string> }): Promise<{ location?: string; text: string }> {
  const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
  const headers = { ...outlookHeaders, ...(cookie === '' ? {} : { cookie }), ...(form === undefined ? {} : { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded' }) };
  const response = await request(url, { dispatcher: httpClient, method: form === undefined ? 'GET' : 'POST', headers, ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }) });
  for (const set of [response.headers['set-cookie'] ?? []].flat()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    cookies.set(name, value);
  }
  const text = await response.body.text();
  const location = [response.headers['location'] ?? []].flat()[0];
  return { text, ...(location === undefined ? {} : { location }) };
}

/** What a person reads on a page. */
function wordsOf(page: string): string {
  const words = plain(page.replaceAll(/<(?:style|script|head)[\s\S]*?<\/(?:style|script|head)>/g, ' ').replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ').trim();
  return /AADSTS\d+.*/.exec(words)?.[0] ?? words.slice(0, 500);
}

function plain(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
