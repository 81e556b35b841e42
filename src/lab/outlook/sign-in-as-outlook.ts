import { readFileSync } from 'node:fs';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { createHttpClient, errorText } from '../../foundation/index.ts';
import { takesModernAuthentication } from '../../doctor/index.ts';
import type { LookupOutcome } from '../../doctor/index.ts';
import { labDial } from '../lab-dial.ts';
import { findAccount } from '../lab-info.ts';
import type { LabInfo } from '../lab-info.ts';
import { keepGrant, keptGrant } from './grants.ts';
import { readLabClient } from './office-registry.ts';
import { outlookHeaders } from './outlook-headers.ts';
import { redeem, signInByWindow } from './sign-in-window.ts';
import type { TokenAnswer } from './sign-in-window.ts';

/**
 * Signs somebody in at the server on premises as Outlook does: an empty Bearer, the challenge, a token from where it leads,
 * and again. Outlook keeps the grant, and signs in with that the next time; `isAnew` forgets it first. An Outlook that is
 * too old, or in which modern authentication is switched off, offers no Bearer and asks for the password.
 */
export async function signInAsOutlook(info: LabInfo, user: string, { isAnew = false }: { isAnew?: boolean } = {}): Promise<LookupOutcome> {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const url = info.parties.onPremises.namedUrls['ews'] ?? '';
  const { address, userName = '', password = '' } = findAccount(info, user);
  if (isAnew) keepGrant(info, address, undefined);
  try {
    if (!takesModernAuthentication(readLabClient(info))) return await signInByPassword(httpClient, url, { userName, password });
    const challenged = await ask(httpClient, url, 'Bearer');
    if (challenged.diagnostics !== '') return { ok: false, text: `HTTP ${challenged.status}; x-ms-diagnostics: ${challenged.diagnostics}` };
    const bearer = challenged.challenges.find((each) => /^Bearer\b/i.test(each));
    const authority = /authorization_uri="([^"]*)"/.exec(bearer ?? '')?.[1];
    if (authority === undefined) return { ok: false, text: `HTTP ${challenged.status}, and nowhere to sign in. WWW-Authenticate: ${challenged.challenges.join(', ')}` };
    const resource = new URL(url).origin;
    const kept = keptGrant(info, address);
    const token: TokenAnswer = kept === undefined ? await signInByWindow({ httpClient, authority, resource, userName, password }) : await redeem(httpClient, authority, { grant_type: 'refresh_token', refresh_token: kept, resource });
    if (!('accessToken' in token)) return { ok: false, text: token.refusal };
    if (token.refreshToken !== undefined) keepGrant(info, address, token.refreshToken);
    const answered = await ask(httpClient, url, `Bearer ${token.accessToken}`);
    return isIn(answered) ? { ok: true, detail: kept === undefined ? 'signed in' : 'signed in with what Outlook keeps' } : { ok: false, text: `HTTP ${answered.status}; x-ms-diagnostics: ${answered.diagnostics}` };
  } catch (error) {
    return { ok: false, text: errorText(error) };
  } finally {
    await httpClient.close();
  }
}

interface Answered {
  status: number;
  challenges: readonly string[];
  diagnostics: string;
}

/** The box that asks for name and password, for as long as the server takes them. */
async function signInByPassword(httpClient: Dispatcher, url: string, { userName, password }: { userName: string; password: string }): Promise<LookupOutcome> {
  const answered = await ask(httpClient, url, `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`);
  if (isIn(answered)) return { ok: true, detail: 'signed in by password, as before modern authentication' };
  return { ok: false, text: `Outlook asks for the password again and again: HTTP ${answered.status}. Authn: Negotiate* in Connection Status, no Bearer header in the trace. WWW-Authenticate: ${answered.challenges.join(', ')}` };
}

/** Asked by GET: EWS takes POST only, and says so to who is in. */
function isIn({ status }: Answered): boolean {
  return status === 405 || status === 200;
}

async function ask(httpClient: Dispatcher, url: string, authorization: string): Promise<Answered> {
  const response = await request(url, { dispatcher: httpClient, headers: { ...outlookHeaders, authorization } });
  await response.body.dump();
  return { status: response.statusCode, challenges: [response.headers['www-authenticate'] ?? []].flat(), diagnostics: [response.headers['x-ms-diagnostics'] ?? []].flat()[0] ?? '' };
}
