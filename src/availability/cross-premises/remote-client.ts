import type { EwsClient, Requester, ServerVersion } from '../../ews/index.ts';
import type { Deadline } from './deadline.ts';
import { problemCode, tokenProblemOf } from './problem-of.ts';
import type { RemoteProblem } from './remote-failures.ts';
import type { RemoteLookupInput } from './remote-lookup.ts';

/** Brings the whole `Authorization` header for a request to `targetUrl` on behalf of the requester. */
export type GetAuthorization = (targetUrl: string, requester: Requester, requestId: string) => Promise<string>;

/** What a delegation token is wanted for. */
export interface DelegationRequest {
  targetApplicationUri: string;
  action: 'MSExchange.SharingCalendarFreeBusy' | 'MSExchange.Autodiscover';
  requester: Requester;
  requestId: string;
}

/** Brings what secures envelopes to the other organisation with a delegation token of the requester. */
export type GetDelegation = (request: DelegationRequest) => Promise<(envelope: string) => string>;

export interface RemoteCredential {
  userName: string;
  password: string;
}

/** Brings the name and password that are kept for an address space. */
export type GetCredential = (addressSpaceGuid: string) => Promise<RemoteCredential | undefined>;

export type RemoteClient = { ok: true; client: EwsClient } | { ok: false; problem: RemoteProblem };

/** What every request to the other organisation has in common, token included, or why there can be none. */
export async function remoteClient(input: RemoteLookupInput, deadline: Deadline, url: string, agent: 'ASProxy' | 'ASAutoDiscover'): Promise<RemoteClient> {
  const { context, requester, connector, log } = input;
  const startedAt = input.clock.now();
  try {
    const isDelegated = connector.source === 'OrganizationRelationship';
    const secure = isDelegated
      ? await deadline.within(
          input.getDelegation({
            targetApplicationUri: connector.targetApplicationUri ?? '',
            action: agent === 'ASAutoDiscover' ? 'MSExchange.Autodiscover' : 'MSExchange.SharingCalendarFreeBusy',
            requester,
            requestId: context.requestId,
          }),
        )
      : undefined;
    const credential = connector.addressSpace === undefined ? undefined : await input.getCredential(connector.addressSpace.guid);
    if (connector.addressSpace !== undefined && credential === undefined && !connector.addressSpace.useServiceAccount) return { ok: false, problem: { kind: 'NoCredentials', name: connector.name } };
    const authorization = isDelegated ? '' : credential === undefined ? await deadline.within(input.getAuthorization(url, requester, context.requestId)) : basic(credential);
    return {
      ok: true,
      client: {
        url,
        httpClient: input.httpClient,
        authorization: () => authorization,
        ...(secure === undefined ? {} : { secure }),
        userAgent: `${agent}/CrossForest/EmailDomain/EXCH/${userAgentVersion(input.serverVersion)}`,
        requestId: context.requestId,
        signal: deadline.signal,
        timeoutMs: input.deadlineMs,
      },
    };
  } catch (error) {
    const problem = tokenProblemOf(error, deadline);
    log.warn(
      {
        requestId: context.requestId,
        connector: connector.name,
        endpoint: url,
        code: problemCode(error),
        problem: problem.kind,
        durationMs: input.clock.now() - startedAt,
        err: error,
      },
      'no token for the other organisation',
    );
    return { ok: false, problem };
  }
}

/** UTF-8, as RFC 7617 lets a client choose. NTLM and Kerberos are not spoken here. */
function basic({ userName, password }: RemoteCredential): string {
  return `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
}

/** As IIS logs show it: `15.02.1748.010`. */
function userAgentVersion(version: ServerVersion): string {
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${pad(version.majorVersion, 2)}.${pad(version.minorVersion, 2)}.${pad(version.majorBuildNumber, 4)}.${pad(version.minorBuildNumber, 3)}`;
}
