import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import { createRequestId, errorCode, errorText, HybridgeError, systemClock } from '../../../foundation/index.ts';
import type { LookupOutcome } from '../../../doctor/index.ts';
import { EwsClientError, getUserAvailability } from '../../../ews/index.ts';

export type DoctorEwsErrorCode = 'CLI_DOCTOR_URL' | 'CLI_DOCTOR_CREDENTIALS';

/** An address of EWS, and what to show there. */
export interface EwsAccess {
  url?: string;
  user?: string;
  passwordFile?: string;
  tokenFile?: string;
}

const dayMs = 86_400_000;

/**
 * Looks somebody's free/busy up for the next day, as who has the credentials. What the organisation answers for the person
 * is the outcome.
 *
 * @throws HybridgeError `CLI_DOCTOR_CREDENTIALS` where the server itself does not take the credentials: nobody was looked up then
 */
export async function lookUpByEws(client: { url: URL; httpClient: Dispatcher; authorization: string }, whom: string): Promise<LookupOutcome> {
  const { url, httpClient, authorization } = client;
  const now = systemClock.now();
  try {
    const { freeBusy } = await getUserAvailability(
      { url: url.href, httpClient, authorization: () => authorization, userAgent: 'Hybridge doctor', requestId: createRequestId() },
      { mailboxes: [{ email: { address: whom }, attendeeType: 'Required', excludeConflicts: false }], freeBusyView: { window: { start: now, end: now + dayMs }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' } },
    );
    const [outcome] = freeBusy ?? [];
    if (outcome === undefined) return { ok: false, text: 'The server answers without free/busy.' };
    return outcome.ok ? { ok: true, detail: 'free/busy came back' } : { ok: false, text: `${outcome.failure.responseCode}: ${outcome.failure.messageText.replaceAll(/\s+/g, ' ')}` };
  } catch (error) {
    const { status, diagnostics, cause } = error instanceof EwsClientError ? (error.facts as { status?: number; diagnostics?: string; cause?: string }) : {};
    if (status === 401 || status === 403) throw new HybridgeError<DoctorEwsErrorCode>('CLI_DOCTOR_CREDENTIALS', `${url.host} does not take these credentials: ${status}${diagnostics === undefined ? '' : `, x-ms-diagnostics: ${diagnostics}`}.`, { cause: error, remedy: `Check them with: hybridge doctor hma --url ${url.host}, and the same --user and files. Exchange Online takes tokens only.` });
    return { ok: false, text: `${url.host} gives no answer to the lookup (${[errorCode(error), cause, status].filter((each) => each !== undefined).join(', ')}): ${errorText(error)}` };
  }
}

/** @throws HybridgeError `CLI_DOCTOR_URL` */
export function readUrl(text: string): URL {
  const url = URL.parse(/^https:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || url.username !== '' || url.password !== '') throw new HybridgeError<DoctorEwsErrorCode>('CLI_DOCTOR_URL', `"${text}" is no address of EWS.`, { remedy: 'Write https://mail.contoso.com/EWS/Exchange.asmx, or a host name; no credentials in it.' });
  return url.pathname === '/' ? new URL('/EWS/Exchange.asmx', url) : url;
}

/** Secrets come in files, because command lines are seen by everybody on the machine. Undefined where none were given. @throws HybridgeError `CLI_DOCTOR_CREDENTIALS` */
export function readAuthorization({ user, passwordFile, tokenFile }: EwsAccess): string | undefined {
  const secret = (file: string): string => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new HybridgeError<DoctorEwsErrorCode>('CLI_DOCTOR_CREDENTIALS', `The file ${file} cannot be read.`, { cause: error, remedy: 'Check the path and who may read it.' });
    }
  };
  if (tokenFile !== undefined) return `Bearer ${secret(tokenFile).replace(/^Bearer\s+/i, '')}`;
  if (passwordFile === undefined) return undefined;
  if (user === undefined) throw new HybridgeError<DoctorEwsErrorCode>('CLI_DOCTOR_CREDENTIALS', 'A password needs a user.', { remedy: 'Give --user with --password-file, or --token-file.' });
  return `Basic ${Buffer.from(`${user}:${secret(passwordFile)}`).toString('base64')}`;
}
