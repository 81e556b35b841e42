import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { base } from '../start-test-sts.ts';

export interface BrowserAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** For tests: what a browser without script does with our pages. Cookies are kept; redirects are shown, not followed. */
export interface TestBrowser {
  cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<BrowserAnswer>;
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<BrowserAnswer>;
  /** Fills in and sends the form of a page; fields given replace those of the page. */
  submit(page: BrowserAnswer, fields?: Record<string, string>): Promise<BrowserAnswer>;
  /** Opens the path, signs in on the page that comes, and follows the redirect to where it goes on. */
  signIn(path: string, credentials?: { username?: string; password?: string }): Promise<BrowserAnswer>;
}

export function openTestBrowser(httpClient: Dispatcher): TestBrowser {
  const cookies = new Map<string, string>();
  const send = async (method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: string): Promise<BrowserAnswer> => {
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const answer = await request(path.startsWith('https:') ? path : `${base}${path}`, {
      dispatcher: httpClient,
      method,
      headers: { ...(cookie === '' ? {} : { cookie }), ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  };
  const browser: TestBrowser = {
    cookies,
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, form, headers = {}) => send('POST', path, headers, new URLSearchParams(form).toString()),
    submit(page, fields = {}) {
      const [, action = ''] = /<form method="post" action="([^"]*)"/.exec(page.text) ?? [];
      assert.ok(action !== '', `no form on the page (${page.status}): ${page.text.slice(0, 2000)}`);
      return browser.post(unescape(action), { ...inputsOf(page), ...fields });
    },
    async signIn(path, { username = 'anna@contoso.test', password = 'correct horse' } = {}) {
      const entered = await browser.submit(await browser.get(path), { username, password });
      return entered.status === 303 ? browser.get(locationOf(entered)) : entered;
    },
  };
  return browser;
}

/** The fields of a page's form, hidden ones among them. */
export function inputsOf(page: BrowserAnswer): Record<string, string> {
  const inputs = Array.from(page.text.matchAll(/<input [^>]*>/g), ([tag]) => [/ name="([^"]*)"/.exec(tag)?.[1] ?? '', / value="([^"]*)"/.exec(tag)?.[1] ?? ''] as const);
  return Object.fromEntries(inputs.map(([name, value]) => [name, unescape(value)]));
}

function unescape(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function locationOf(answer: BrowserAnswer): string {
  const { location } = answer.headers;
  assert.equal(typeof location, 'string', `no redirect but ${answer.status}: ${answer.text.slice(0, 2000)}`);
  return String(location);
}

/** The parameters with which a redirect answers an application. */
export function answerOf(answer: BrowserAnswer): Record<string, string> {
  const location = locationOf(answer);
  return Object.fromEntries(new URLSearchParams(location.slice(location.indexOf('?') + 1)));
}

export function createVerifier(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
