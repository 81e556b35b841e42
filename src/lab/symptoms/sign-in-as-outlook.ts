import { readFileSync } from 'node:fs';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { createHttpClient, errorText } from '../../foundation/index.ts';
import type { LookupOutcome } from '../../doctor/index.ts';
import { labDial } from '../lab-dial.ts';
import { findAccount } from '../lab-info.ts';
import type { LabInfo } from '../lab-info.ts';

/** As Outlook for Windows names itself. */
const outlook = { 'user-agent': 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)' };
const outlookClientId = 'd3590ed6-52b3-4102-aeff-aad2292ab01c';

/** Signs somebody in at the server on premises as Outlook does: an empty Bearer, the challenge, a token from where it leads, and again. */
export async function signInAsOutlook(info: LabInfo, user: string): Promise<LookupOutcome> {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const url = info.parties.onPremises.namedUrls['ews'] ?? '';
  try {
    const challenged = await ask(httpClient, url, 'Bearer');
    const bearer = challenged.challenges.find((each) => /^Bearer\b/i.test(each));
    if (challenged.diagnostics !== '') return { ok: false, text: `HTTP ${challenged.status}; x-ms-diagnostics: ${challenged.diagnostics}` };
    const authority = /authorization_uri="([^"]*)"/.exec(bearer ?? '')?.[1];
    if (authority === undefined) return { ok: false, text: `HTTP ${challenged.status}, and nowhere to sign in. WWW-Authenticate: ${challenged.challenges.join(', ')}` };
    const token = await tokenFrom(httpClient, authority, info, { user, resource: new URL(url).origin });
    if (!('token' in token)) return { ok: false, text: token.refusal };
    const answered = await ask(httpClient, url, `Bearer ${token.token}`);
    // Signed in, and asked by GET: EWS takes POST only.
    if (answered.status === 405 || answered.status === 200) return { ok: true, detail: 'signed in' };
    return { ok: false, text: `HTTP ${answered.status}; x-ms-diagnostics: ${answered.diagnostics}` };
  } catch (error) {
    return { ok: false, text: errorText(error) };
  } finally {
    await httpClient.close();
  }
}

async function ask(httpClient: Dispatcher, url: string, authorization: string): Promise<{ status: number; challenges: readonly string[]; diagnostics: string }> {
  const response = await request(url, { dispatcher: httpClient, headers: { ...outlook, authorization } });
  await response.body.dump();
  return { status: response.statusCode, challenges: [response.headers['www-authenticate'] ?? []].flat(), diagnostics: [response.headers['x-ms-diagnostics'] ?? []].flat()[0] ?? '' };
}

/** By the password grant, which the lab's tenant allows, of the authority that the server named. */
async function tokenFrom(httpClient: Dispatcher, authority: string, info: LabInfo, { user, resource }: { user: string; resource: string }): Promise<{ token: string } | { refusal: string }> {
  const account = findAccount(info, user);
  const response = await request(`https://${new URL(authority).host}/${info.tenant.id}/oauth2/token`, {
    dispatcher: httpClient,
    method: 'POST',
    headers: { ...outlook, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'password', client_id: outlookClientId, resource, username: account.userName ?? '', password: account.password ?? '' }).toString(),
  });
  const text = await response.body.text();
  const answer = (response.statusCode < 500 && text.startsWith('{') ? JSON.parse(text) : {}) as { access_token?: unknown; error?: unknown; error_description?: unknown };
  if (typeof answer.access_token === 'string') return { token: answer.access_token };
  return { refusal: `The window at ${authority} says: ${typeof answer.error_description === 'string' ? answer.error_description : `HTTP ${response.statusCode}`}` };
}
