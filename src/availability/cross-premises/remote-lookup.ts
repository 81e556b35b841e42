import type { Dispatcher } from 'undici';
import { EwsClientError, getUserAvailability } from '../../ews/index.ts';
import type { FreeBusyOutcome, FreeBusyViewOptions, LookupPath, MailboxData, RequestContext, Requester, ServerVersion } from '../../ews/index.ts';
import type { Clock, Log } from '../../foundation/index.ts';
import { grantedView } from '../local/access-level.ts';
import type { LookedUp } from '../looked-up.ts';
import type { MailboxFailure } from '../published-failures.ts';
import { publishedFailure } from '../published-failures.ts';
import type { Deadline, SetDeadline } from './deadline.ts';
import { startDeadline } from './deadline.ts';
import { discoverEndpoints, forgetEndpoint } from './discover-endpoints.ts';
import type { DiscoveredEndpoints } from './discovered-endpoints.ts';
import { problemCode, problemOf } from './problem-of.ts';
import { remoteClient } from './remote-client.ts';
import type { GetAuthorization, GetCredential, GetDelegation } from './remote-client.ts';
import type { RemoteProblem } from './remote-failures.ts';
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
  /** The enabled connector that covers a domain: Autodiscover may send us there. */
  connectorOf: (domain: string) => ConnectorRoute | undefined;
  discovered: DiscoveredEndpoints;
  view: FreeBusyViewOptions;
  requester: Requester;
  context: RequestContext;
  httpClient: Dispatcher;
  getAuthorization: GetAuthorization;
  getDelegation: GetDelegation;
  getCredential: GetCredential;
  serverName: string;
  serverVersion: ServerVersion;
  deadlineMs: number;
  setDeadline: SetDeadline;
  clock: Clock;
  log: Log;
}

/**
 * Asks the organisation behind one connector for all its mailboxes: one request for each EWS endpoint, in parallel, under
 * one deadline. The endpoint is the connector's TargetSharingEpr, or else what its Autodiscover says, or said a while ago:
 * if an endpoint of a while ago turns out to be none, Autodiscover is asked once more. Never rejects: what goes wrong
 * becomes the published error of the mailboxes concerned.
 */
export async function lookUpRemotely(input: RemoteLookupInput): Promise<Map<number, LookedUp>> {
  const deadline = startDeadline(input.deadlineMs, input.setDeadline, input.context.signal);
  const answers = new Map<number, LookedUp>();
  const startedAt = input.clock.now();
  const pathOf = (more: Partial<LookupPath> = {}): LookupPath => ({
    source: input.connector.source,
    name: input.connector.name,
    ...more,
    durationMs: input.clock.now() - startedAt,
  });
  const refuse = (mailbox: RemoteMailbox, failure: MailboxFailure, more: Partial<LookupPath> = {}): void => {
    answers.set(mailbox.index, { outcome: { ok: false, failure: publishedFailure(failure, input.serverName) }, path: pathOf(more) });
  };
  const ask = async (group: LocatedEndpoint): Promise<void> => {
    const { url: endpoint, connector, mailboxes } = group;
    const result = await askEndpoint(input, deadline, group);
    if (result.problem !== undefined && leadsNowhere(result.problem)) {
      forgetEndpoint(input, group);
      const moved = group.source === 'Remembered' ? await locateAgain(input, deadline, group) : undefined;
      if (moved !== undefined) return askAll(moved);
    }
    for (const [place, mailbox] of mailboxes.entries()) {
      const outcome = result.outcomes?.[place];
      const more = { name: connector.name, endpoint, ...(result.via === undefined ? {} : { via: result.via }) };
      if (outcome === undefined) refuse(mailbox, proxyFailure(result.problem ?? { kind: 'NotXml' }), more);
      else answers.set(mailbox.index, { outcome: withSource(outcome, endpoint), path: pathOf(more) });
    }
  };
  const askAll = async ({ endpoints, failed }: Located): Promise<void> => {
    for (const { mailbox, failure, endpoint, via } of failed) refuse(mailbox, failure, { ...(endpoint === undefined ? {} : { endpoint }), ...(via === undefined ? {} : { via }) });
    await Promise.all(endpoints.map(ask));
  };
  try {
    await askAll(await locate(input, deadline));
  } finally {
    deadline.stop();
  }
  return answers;
}

/** Mailboxes whose EWS is at one endpoint. */
export interface LocatedEndpoint {
  url: string;
  /** The one that led here: the route's own, unless Autodiscover sent us on to another one's domain. */
  connector: ConnectorRoute;
  mailboxes: RemoteMailbox[];
  /** Where the endpoint is known from: the connector's TargetSharingEpr, or Autodiscover's answer, just now or earlier. */
  source: 'Configured' | 'Discovered' | 'Remembered';
}

export interface Located {
  endpoints: LocatedEndpoint[];
  /** `endpoint`: the Autodiscover endpoint that was asked, if any. */
  failed: { mailbox: RemoteMailbox; failure: MailboxFailure; endpoint?: string; via?: string }[];
}

async function locate(input: RemoteLookupInput, deadline: Deadline): Promise<Located> {
  const { connector, mailboxes } = input;
  const { targetSharingEpr, discoveryEndpoint } = connector;
  if (targetSharingEpr !== undefined) return { endpoints: [{ url: targetSharingEpr, connector, mailboxes: [...mailboxes], source: 'Configured' }], failed: [] };
  if (discoveryEndpoint !== undefined) return discoverEndpoints(input, discoveryEndpoint, deadline);
  return { endpoints: [], failed: mailboxes.map((mailbox) => ({ mailbox, failure: endpointMissingFailure(mailbox.address, connector) })) };
}

/** Where the mailboxes of an endpoint are now; undefined where Autodiscover knows nothing better. */
async function locateAgain(input: RemoteLookupInput, deadline: Deadline, group: LocatedEndpoint): Promise<Located | undefined> {
  const located = await locate({ ...input, mailboxes: group.mailboxes }, deadline);
  // What another request has learnt meanwhile is as new as what was just discovered, and is not looked for once more.
  const endpoints = located.endpoints.map((one): LocatedEndpoint => ({ ...one, source: 'Discovered' }));
  return endpoints.some(({ url }) => url !== group.url) ? { ...located, endpoints } : undefined;
}

/** Problems that say that EWS is not, or no longer, where we asked for it. */
function leadsNowhere(problem: RemoteProblem): boolean {
  switch (problem.kind) {
    case 'NameNotResolved':
    case 'NotConnected':
    case 'Tls':
    case 'Redirected':
      return true;
    case 'Cut':
      return problem.during === 'sending';
    case 'HttpStatus':
      return problem.status === 401 || problem.status === 404;
    default:
      return false;
  }
}

interface EndpointResult {
  /** In the order of the mailboxes asked for. */
  outcomes?: readonly FreeBusyOutcome[];
  problem?: RemoteProblem;
  via?: string;
}

async function askEndpoint(input: RemoteLookupInput, deadline: Deadline, { url: endpoint, connector, mailboxes }: LocatedEndpoint): Promise<EndpointResult> {
  const { log } = input;
  const startedAt = input.clock.now();
  const line = (): Record<string, unknown> => ({
    requestId: input.context.requestId,
    connector: connector.name,
    endpoint,
    mailboxes: mailboxes.length,
    durationMs: input.clock.now() - startedAt,
  });
  const remote = await remoteClient(input, deadline, endpoint, 'ASProxy');
  if (!remote.ok) return { problem: remote.problem };
  try {
    const answer = await deadline.within(
      getUserAvailability(remote.client, {
        mailboxes: mailboxes.map(({ mailbox, address }) => ({ ...mailbox, email: { ...mailbox.email, address } })),
        freeBusyView: connector.addressSpace?.timesOnly === true ? { ...input.view, requestedView: grantedView(input.view.requestedView, 'AvailabilityOnly') } : input.view,
      }),
    );
    const outcomes = answer.freeBusy ?? [];
    const { via } = answer.transport;
    log.info({ ...line(), failed: outcomes.filter((outcome) => !outcome.ok).length, via }, 'the other organisation answered');
    return { outcomes, ...(via === undefined ? {} : { via }) };
  } catch (error) {
    const problem = problemOf(error, deadline);
    const via = error instanceof EwsClientError ? error.facts['via'] : undefined;
    log.warn({ ...line(), code: problemCode(error), problem: problem.kind, via, err: error }, 'the other organisation did not answer');
    return { problem, ...(typeof via === 'string' ? { via } : {}) };
  }
}

/** Exchange names the server that answered in MessageXml; where the other organisation does not, its host is known. */
function withSource(outcome: FreeBusyOutcome, endpoint: string): FreeBusyOutcome {
  if (outcome.ok || outcome.failure.responseSource !== undefined) return outcome;
  return { ok: false, failure: { ...outcome.failure, responseSource: new URL(endpoint).hostname } };
}
