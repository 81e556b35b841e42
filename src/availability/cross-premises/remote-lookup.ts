import type { Dispatcher } from 'undici';
import { EwsClientError, getUserAvailability } from '../../ews/index.ts';
import type { FreeBusyOutcome, FreeBusyViewOptions, LookupPath, MailboxData, RequestContext, Requester, ServerVersion } from '../../ews/index.ts';
import type { Clock, Log } from '../../foundation/index.ts';
import type { LookedUp } from '../looked-up.ts';
import type { MailboxFailure } from '../published-failures.ts';
import { publishedFailure } from '../published-failures.ts';
import type { Deadline, SetDeadline } from './deadline.ts';
import { startDeadline } from './deadline.ts';
import { discoverEndpoints } from './discover-endpoints.ts';
import { problemCode, problemOf } from './problem-of.ts';
import { remoteClient } from './remote-client.ts';
import type { GetAuthorization } from './remote-client.ts';
import { endpointMissingFailure, proxyFailure } from './remote-failures.ts';
import type { ConnectorRoute } from './route.ts';

export interface RemoteMailbox {
  /** Place in the client's request. */
  index: number;
  mailbox: MailboxData;
  /** The target address: what the other organisation is asked for. */
  address: string;
}

export interface RemoteLookupInput {
  connector: ConnectorRoute;
  /** All mailboxes of the request that the connector covers. */
  mailboxes: readonly RemoteMailbox[];
  view: FreeBusyViewOptions;
  requester: Requester;
  context: RequestContext;
  httpClient: Dispatcher;
  getAuthorization: GetAuthorization;
  serverName: string;
  serverVersion: ServerVersion;
  deadlineMs: number;
  setDeadline: SetDeadline;
  clock: Clock;
  log: Log;
}

/**
 * Asks the organisation behind one connector for all its mailboxes: one request for each EWS endpoint, in parallel, under
 * one deadline. The endpoint is the connector's TargetSharingEpr, or else what its Autodiscover says of each address.
 * Never rejects: what goes wrong becomes the published error of the mailboxes concerned.
 */
export async function lookUpRemotely(input: RemoteLookupInput): Promise<Map<number, LookedUp>> {
  const deadline = startDeadline(input.deadlineMs, input.setDeadline, input.context.signal);
  const answers = new Map<number, LookedUp>();
  const startedAt = input.clock.now();
  const pathOf = (more: Partial<LookupPath> = {}): LookupPath => ({
    source: 'IntraOrganizationConnector',
    name: input.connector.name,
    ...more,
    durationMs: input.clock.now() - startedAt,
  });
  const refuse = (mailbox: RemoteMailbox, failure: MailboxFailure, more: Partial<LookupPath> = {}): void => {
    answers.set(mailbox.index, { outcome: { ok: false, failure: publishedFailure(failure, input.serverName) }, path: pathOf(more) });
  };
  try {
    const located = await locate(input, deadline);
    for (const { mailbox, failure, ...more } of located.failed) refuse(mailbox, failure, more);
    await Promise.all(
      [...located.endpoints].map(async ([endpoint, mailboxes]) => {
        const result = await askEndpoint(input, deadline, endpoint, mailboxes);
        for (const [place, mailbox] of mailboxes.entries()) {
          const outcome = result.outcomes?.[place];
          const more = { endpoint, ...(result.via === undefined ? {} : { via: result.via }) };
          if (outcome === undefined) refuse(mailbox, result.failure ?? proxyFailure({ kind: 'NotXml' }), more);
          else answers.set(mailbox.index, { outcome: withSource(outcome, endpoint), path: pathOf(more) });
        }
      }),
    );
  } finally {
    deadline.stop();
  }
  return answers;
}

export interface Located {
  /** Mailboxes by the EWS endpoint that answers for them. */
  endpoints: Map<string, RemoteMailbox[]>;
  /** `endpoint`: the Autodiscover endpoint that was asked, if any. */
  failed: { mailbox: RemoteMailbox; failure: MailboxFailure; endpoint?: string; via?: string }[];
}

async function locate(input: RemoteLookupInput, deadline: Deadline): Promise<Located> {
  const { connector, mailboxes } = input;
  if (connector.targetSharingEpr !== undefined) return { endpoints: new Map([[connector.targetSharingEpr, [...mailboxes]]]), failed: [] };
  if (connector.discoveryEndpoint !== undefined) return discoverEndpoints(input, connector.discoveryEndpoint, deadline);
  return { endpoints: new Map(), failed: mailboxes.map((mailbox) => ({ mailbox, failure: endpointMissingFailure(mailbox.address, connector.name) })) };
}

interface EndpointResult {
  /** In the order of the mailboxes asked for. */
  outcomes?: readonly FreeBusyOutcome[];
  failure?: MailboxFailure;
  via?: string;
}

async function askEndpoint(input: RemoteLookupInput, deadline: Deadline, endpoint: string, mailboxes: readonly RemoteMailbox[]): Promise<EndpointResult> {
  const { log } = input;
  const startedAt = input.clock.now();
  const line = (): Record<string, unknown> => ({
    requestId: input.context.requestId,
    connector: input.connector.name,
    endpoint,
    mailboxes: mailboxes.length,
    durationMs: input.clock.now() - startedAt,
  });
  const remote = await remoteClient(input, deadline, endpoint, 'ASProxy');
  if (!remote.ok) return { failure: proxyFailure(remote.problem) };
  try {
    const answer = await deadline.within(
      getUserAvailability(remote.client, {
        mailboxes: mailboxes.map(({ mailbox, address }) => ({ ...mailbox, email: { ...mailbox.email, address } })),
        freeBusyView: input.view,
      }),
    );
    const outcomes = answer.freeBusy ?? [];
    const { via } = answer.transport;
    log.info({ ...line(), failed: outcomes.filter((outcome) => !outcome.ok).length, via }, 'the other organisation answered');
    return { outcomes, ...(via === undefined ? {} : { via }) };
  } catch (error) {
    const problem = problemOf(error, deadline);
    const failure = proxyFailure(problem);
    const via = error instanceof EwsClientError ? error.facts['via'] : undefined;
    log.warn({ ...line(), code: problemCode(error), problem: problem.kind, via, err: error }, 'the other organisation did not answer');
    return { failure, ...(typeof via === 'string' ? { via } : {}) };
  }
}

/** Exchange names the server that answered in MessageXml; where the other organisation does not, its host is known. */
function withSource(outcome: FreeBusyOutcome, endpoint: string): FreeBusyOutcome {
  if (outcome.ok || outcome.failure.responseSource !== undefined) return outcome;
  return { ok: false, failure: { ...outcome.failure, responseSource: new URL(endpoint).hostname } };
}
