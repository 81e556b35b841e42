import type { Recipient } from '../../organization/index.ts';
import type { AvailabilityRequest, AvailabilityResponse } from '../codec/availability-types.ts';

/** Who asks, after authentication: a directory object of the answering organisation. */
export interface Requester {
  recipient: Recipient;
  /** `partner`: the other organisation asks on this user's behalf, with a server-to-server token. */
  origin: 'local' | 'partner';
  /** A delegation token named the requester: a person of a federated organisation, whom the directory here need not have. */
  delegated?: true;
  /** appid of the calling application, where a token named one. */
  applicationId?: string;
}

/** What accompanies a request through the rooms. */
export interface RequestContext {
  requestId: string;
  /** Aborted when the client goes away or the party shuts down. */
  signal: AbortSignal;
}

/** The availability engine as the EWS operation sees it; `premises` passes it in. */
export type LookUpFreeBusy = (request: AvailabilityRequest, requester: Requester, context: RequestContext) => Promise<AvailabilityResponse>;
