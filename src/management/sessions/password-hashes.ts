import { request } from 'undici';
import { z } from 'zod';
import { ManagementError } from '../management-error.ts';
import type { PasswordHash } from './cmdlet-session.ts';
import type { ConnectExchangeOptions } from './connect-exchange.ts';

const answerSchema = z.object({ value: z.array(z.object({ Guid: z.guid(), Hash: z.string().max(256), Version: z.string().max(64) })) });
/** As many as one request may ask for. */
const atOnce = 500;

/** Asks an organisation of ours, as directory synchronisation, for the hashes of passwords that have changed. @throws ManagementError */
export async function passwordHashes(options: ConnectExchangeOptions, known: Readonly<Record<string, string>>): Promise<PasswordHash[]> {
  const url = new URL(`/adminapi/hybridge/${encodeURIComponent(options.tenant)}/PasswordHashes`, options.url);
  const entries = Object.entries(known);
  const found: PasswordHash[] = [];
  for (let at = 0; at < entries.length; at += atOnce) {
    const body = JSON.stringify({ Known: Object.fromEntries(entries.slice(at, at + atOnce)) });
    const answer = await ask(options, url, body);
    for (const { Guid, Hash, Version } of answer) found.push({ guid: Guid.toLowerCase(), hash: Hash, version: Version });
  }
  return found;
}

async function ask(options: ConnectExchangeOptions, url: URL, body: string): Promise<z.infer<typeof answerSchema>['value']> {
  try {
    const headers = { authorization: await options.authorization(), 'content-type': 'application/json', accept: 'application/json' };
    const response = await request(url, { dispatcher: options.httpClient, method: 'POST', headers, body, signal: AbortSignal.timeout(options.timeoutMs ?? 60_000) });
    if (response.statusCode === 200) return answerSchema.parse(await response.body.json()).value;
    await response.body.dump();
    const denied = response.statusCode === 403 || response.statusCode === 401;
    throw new ManagementError(denied ? 'MANAGEMENT_ACCESS_DENIED' : 'MANAGEMENT_UNEXPECTED_ANSWER', denied ? 'The account on premises may not read password hashes.' : `The organisation on premises gives no password hashes (status ${response.statusCode}).`, {
      facts: { url: url.href, status: response.statusCode },
      remedy: denied ? 'Synchronise as a member of Organization Management, or switch password hash synchronisation off (Set-ADSyncAADCompanyFeature -PasswordHashSync:$false).' : 'See the log of the organisation on premises.',
    });
  } catch (error) {
    if (error instanceof ManagementError) throw error;
    throw new ManagementError('MANAGEMENT_UNREACHABLE', `The admin API at ${url.host} cannot be reached.`, { facts: { url: url.href }, cause: error, retryable: true, remedy: 'Check the address, and that the organisation runs.' });
  }
}
