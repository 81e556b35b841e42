import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'undici';
import type { Dispatcher } from 'undici';
import { createHttpClient, requestIdHeader } from '../foundation/index.ts';
import { getUserAvailability } from '../ews/index.ts';
import type { AvailabilityRequest, AvailabilityResponse } from '../ews/index.ts';
import { outlookClientId } from '../identity/index.ts';
import { labDial } from './lab-dial.ts';
import { LabError } from './lab-error.ts';
import type { LabAccount, LabInfo } from './lab-info.ts';

export interface LabLookup {
  asker: LabAccount;
  request: AvailabilityRequest;
  requestId: string;
  /** `Bearer` (default): signs in at the token service first. `Basic`: sends the password to the organisation. */
  authentication?: 'Bearer' | 'Basic';
  signal?: AbortSignal;
}

/** A client of a running lab: what a person with Outlook would do from outside. */
export interface LabClient {
  lookUpFreeBusy(lookup: LabLookup): Promise<AvailabilityResponse>;
  close(): Promise<void>;
}

export function createLabClient(info: LabInfo): LabClient {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  return {
    async lookUpFreeBusy({ asker, request, requestId, authentication, signal }) {
      const url = (asker.side === 'cloud' ? info.parties.cloud : info.parties.onPremises).namedUrls['ews'] ?? '';
      const authorization = authentication === 'Basic' ? basic(asker) : `Bearer ${await signIn(httpClient, info, asker, new URL(url).host, requestId)}`;
      return getUserAvailability({ url, httpClient, authorization: () => authorization, userAgent: 'Hybridge lab client', requestId, ...(signal === undefined ? {} : { signal }) }, request);
    },
    close: () => httpClient.close(),
  };
}

function basic(account: LabAccount): string {
  return `Basic ${Buffer.from(`${account.userName ?? ''}:${account.password ?? ''}`).toString('base64')}`;
}

/** A user's access token for `https://<host>` by the password grant, which the lab's tenant allows. */
async function signIn(httpClient: Dispatcher, info: LabInfo, account: LabAccount, host: string, requestId: string): Promise<string> {
  const response = await httpRequest(info.parties.sts.namedUrls['token'] ?? '', {
    dispatcher: httpClient,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', [requestIdHeader]: requestId },
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: outlookClientId,
      resource: `https://${host}`,
      username: account.userName ?? '',
      password: account.password ?? '',
    }).toString(),
  });
  const answer = (await response.body.json()) as { access_token?: unknown; error_description?: unknown };
  if (response.statusCode === 200 && typeof answer.access_token === 'string') return answer.access_token;
  throw new LabError('LAB_SIGN_IN_FAILED', `The token service did not sign ${account.address} in: ${typeof answer.error_description === 'string' ? answer.error_description : `status ${response.statusCode}`}`, {
    facts: { status: response.statusCode, requestId },
    remedy: 'Look for the request id in the log of the token service. A lab in which somebody changed that person’s password starts again with --fresh.',
  });
}
