import type { Dispatcher } from 'undici';
import type {
  AvailabilityRequest,
  FreeBusyOutcome,
  FreeBusyViewOptions,
  LookUpFreeBusy,
  RequestContext,
  Requester,
  ServerVersion,
  SuggestionsOutcome,
} from '../ews/index.ts';
import { errorText, silentLog, systemClock } from '../foundation/index.ts';
import { IdentityError } from '../identity/index.ts';
import type { Clock, Log } from '../foundation/index.ts';
import { addressKey, createTimeZone, guidsOfGroup, smtpDomainOf } from '../organization/index.ts';
import type { Organization, Recipient } from '../organization/index.ts';
import { AvailabilityError } from './availability-error.ts';
import type { SetDeadline } from './cross-premises/deadline.ts';
import { systemDeadline } from './cross-premises/deadline.ts';
import { createDiscoveredEndpoints } from './cross-premises/discovered-endpoints.ts';
import type { DiscoveredEndpoints } from './cross-premises/discovered-endpoints.ts';
import type { GetAuthorization, GetCredential, GetDelegation } from './cross-premises/remote-client.ts';
import type { RemoteMailbox } from './cross-premises/remote-lookup.ts';
import { lookUpRemotely } from './cross-premises/remote-lookup.ts';
import type { ConnectorRoute, Route, RoutingConfiguration } from './cross-premises/route.ts';
import { connectorOf, decideRoute, relationshipOf } from './cross-premises/route.ts';
import { proxyAccountAccess, relationshipAccess, routingConfiguration } from './cross-premises/routing-configuration.ts';
import type { AccessLevel } from './local/access-level.ts';
import { mergedFreeBusy } from './local/merged-free-busy.ts';
import { localFreeBusy } from './local/local-free-busy.ts';
import type { LookedUp } from './looked-up.ts';
import type { MailboxFailure } from './published-failures.ts';
import { publishedFailure } from './published-failures.ts';
import type { RequestLimits } from './request-limits.ts';
import { defaultLimits, requestFailure } from './request-limits.ts';
import { suggestionsFrom } from './suggestions/suggestions-from.ts';

export interface AvailabilityEngineOptions {
  organization: Organization;
  /** For requests to other organisations. */
  httpClient: Dispatcher;
  /** Brings the `Authorization` header for a request to another organisation's endpoint on behalf of the requester. */
  getAuthorization: GetAuthorization;
  /** Brings what secures an envelope to a federated organisation. Without it organisation relationships fail as where there is no federation trust. */
  getDelegation?: GetDelegation;
  /** Which of the two organisations this is. Default on premises. */
  side?: 'OnPremises' | 'Cloud';
  /** Machine name, as error answers carry it. */
  serverName: string;
  /** This server's version, which the user agent of requests to other organisations carries. */
  serverVersion: ServerVersion;
  /** Milliseconds for one other organisation: token, Autodiscover and EWS together. Default 25,000. */
  deadlineMs?: number;
  /**
   * How long an EWS endpoint that Autodiscover named is used without asking again, milliseconds. Default 600,000: our
   * choice, no publication says how long Exchange keeps it. A change of configuration here, or an endpoint that turns out
   * to be none, ends it at once.
   */
  keepDiscoveredMs?: number;
  limits?: Partial<RequestLimits>;
  clock?: Clock;
  setDeadline?: SetDeadline;
  log?: Log;
}

/**
 * The availability service of one organisation. Every mailbox is answered for itself: from its calendar here, by the
 * organisation it has moved to, or with the error that Exchange publishes for its case. What fails for one mailbox or one
 * other organisation leaves the others' answers alone. Requests that come from another organisation are answered from
 * local calendars only, so that no request can circle.
 *
 * @throws AvailabilityError `AVAILABILITY_ABORTED` when `context.signal` was aborted: nobody waits any more
 */
export function createAvailabilityEngine(options: AvailabilityEngineOptions): LookUpFreeBusy {
  const limits = { ...defaultLimits, ...options.limits };
  const clock = options.clock ?? systemClock;
  const keepDiscoveredMs = options.keepDiscoveredMs ?? 600_000;
  const engine: Engine = {
    ...options,
    limits,
    deadlineMs: options.deadlineMs ?? 25_000,
    keepDiscoveredMs,
    discovered: createDiscoveredEndpoints({ clock, keepMs: keepDiscoveredMs, version: () => options.organization.configuration.version }),
    clock,
    setDeadline: options.setDeadline ?? systemDeadline,
    log: options.log ?? silentLog,
    getDelegation: options.getDelegation ?? noDelegation,
    getCredential: (guid) => options.organization.credentials.get(guid),
    side: options.side ?? 'OnPremises',
  };
  return async (request, requester, context) => {
    const failure = requestFailure(request, limits);
    if (failure !== undefined) return refuseAll(engine, request, failure);
    const lookup = await prepareLookup(engine, request, requester, context);
    const { freeBusyView: view, suggestionsView: suggestions } = request;
    const suggestionsOptions = suggestions && suggestionsLookup(request);
    const [answers, suggestionAnswers] = await Promise.all([view && lookUpAll(lookup, view), suggestionsOptions && lookUpAll(lookup, suggestionsOptions)]);
    if (context.signal.aborted) throw aborted(context);
    const used = suggestionAnswers ?? answers;
    const outcome: SuggestionsOutcome | undefined =
      suggestions &&
      used &&
      suggestionsFrom({
        request,
        options: suggestions,
        outcomes: used.map((one) => one.outcome),
        view: suggestionsOptions ?? view,
        zone: request.timeZone ?? createTimeZone('UTC'),
      });
    const paths = (answers ?? suggestionAnswers)?.map((one) => one.path);
    return {
      ...(answers === undefined ? {} : { freeBusy: answers.map((one) => one.outcome) }),
      ...(outcome === undefined ? {} : { suggestions: outcome }),
      // A partner learns nothing of how this organisation is built.
      ...(requester.origin === 'partner' || paths === undefined ? {} : { paths }),
    };
  };
}

/** Of an organisation without federation. */
const noDelegation: GetDelegation = () =>
  Promise.reject(new IdentityError('IDENTITY_FEDERATION_CERTIFICATE_MISSING', 'This organisation has no federation trust.', { remedy: 'Create one with New-FederationTrust.' }));

type Engine = Required<Omit<AvailabilityEngineOptions, 'limits'>> & { limits: RequestLimits; discovered: DiscoveredEndpoints; getCredential: GetCredential };

/** What a request's mailboxes are, looked up once for free/busy and suggestions alike. */
interface PreparedLookup {
  engine: Engine;
  request: AvailabilityRequest;
  requester: Requester;
  context: RequestContext;
  routing: RoutingConfiguration;
  routes: readonly Route[];
  relationshipAccess: ((recipient: Recipient) => AccessLevel) | undefined;
  /** By place in the request, those that are groups: their members. */
  groups: ReadonlyMap<number, readonly Recipient[]>;
}

async function prepareLookup(engine: Engine, request: AvailabilityRequest, asking: Requester, context: RequestContext): Promise<PreparedLookup> {
  const { directory, configuration } = engine.organization;
  const proxyAccount = asking.origin === 'local' ? await proxyAccountAccess(configuration, asking.recipient) : undefined;
  const requester: Requester = proxyAccount === undefined ? asking : { ...asking, origin: 'partner' };
  const routing = await routingConfiguration(configuration);
  const routes = await Promise.all(
    request.mailboxes.map(async ({ email: { address } }) => {
      const holders = await directory.resolveAll(address);
      if (holders.length > 1) {
        engine.log.warn(
          { requestId: context.requestId, code: 'AVAILABILITY_ADDRESS_AMBIGUOUS', address, holders: holders.map((holder) => holder.guid) },
          'several directory objects have the address; it belongs to nobody until one is left',
        );
      }
      return decideRoute({ address, recipient: holders.length === 1 ? holders[0] : undefined, origin: requester.origin, side: engine.side, configuration: routing });
    }),
  );
  const groups = new Map<number, readonly Recipient[]>();
  for (const [index, route] of routes.entries()) {
    const address = request.mailboxes[index]?.email.address ?? '';
    if (route.kind === 'Refused' && route.failure.code === 'AVAILABILITY_RECIPIENT_NOT_FOUND') {
      const members = await membersOf(engine.organization, address);
      if (members !== undefined) groups.set(index, members);
    }
  }
  const ofRelationship = asking.origin === 'partner' ? await relationshipAccess(configuration, partnerDomain(asking.recipient)) : undefined;
  const atMost = proxyAccount?.atMost;
  return { engine, request, requester, context, routing, routes, groups, relationshipAccess: atMost === undefined ? ofRelationship : () => atMost };
}

/** The domain by which the other organisation's people are known: that of their target address. */
function partnerDomain(recipient: Recipient): string {
  return smtpDomainOf(recipient.externalEmailAddress ?? recipient.primarySmtpAddress);
}

/**
 * The lookup that suggestions need beside the one for free/busy; undefined when that one tells enough: events over the
 * whole window of the suggestions.
 */
function suggestionsLookup(request: AvailabilityRequest): FreeBusyViewOptions | undefined {
  const window = request.suggestionsView?.detailedSuggestionsWindow;
  if (window === undefined) return undefined;
  const view = request.freeBusyView;
  if (view !== undefined && view.requestedView !== 'MergedOnly' && view.window.start <= window.start && view.window.end >= window.end) return undefined;
  return { window, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusy' };
}

/** Answers every mailbox, in the request's order. */
async function lookUpAll(lookup: PreparedLookup, view: FreeBusyViewOptions): Promise<LookedUp[]> {
  const answers: LookedUp[] = [];
  const groups = new Map<ConnectorRoute, RemoteMailbox[]>();
  const work: Promise<void>[] = [];
  for (const [index, route] of lookup.routes.entries()) {
    const mailbox = lookup.request.mailboxes[index];
    if (mailbox === undefined) continue;
    const members = lookup.groups.get(index);
    if (members !== undefined) work.push(answerForGroup(lookup, mailbox, members, view).then((answer) => void (answers[index] = answer)));
    else if (route.kind === 'Refused') answers[index] = refusedAnswer(lookup, route);
    else if (route.kind === 'Local') work.push(answerLocally(lookup, route.recipient, view).then((answer) => void (answers[index] = answer)));
    else {
      const group = groups.get(route.connector) ?? [];
      group.push({ index, mailbox, address: route.address });
      groups.set(route.connector, group);
    }
  }
  for (const [connector, mailboxes] of groups) {
    work.push(
      lookUpRemotely({
        ...lookup.engine,
        connector,
        mailboxes,
        // A redirect stays within the kind of trust that led there.
        connectorOf: (domain) => (connector.source === 'IntraOrganizationConnector' ? connectorOf : relationshipOf)(lookup.routing, domain),
        view,
        requester: lookup.requester,
        context: lookup.context,
      }).then((remote) => {
        for (const [index, answer] of remote) answers[index] = answer;
      }),
    );
  }
  await Promise.all(work);
  return answers;
}

/** Everybody in the group of an address; undefined where no group has it. */
async function membersOf({ configuration, directory }: Organization, address: string): Promise<readonly Recipient[] | undefined> {
  const group = await configuration.get('DistributionGroup', address);
  if (group === undefined || addressKey(group.properties.PrimarySmtpAddress) !== addressKey(address)) return undefined;
  const members = await Promise.all([...(await guidsOfGroup(configuration, group.guid))].map((guid) => directory.byGuid(guid)));
  return members.filter((member) => member !== undefined);
}

/**
 * A group is answered with one merged stream, of whoever of its members is least free. Members that cannot be looked up
 * do not count as long as others can (*unverified* for Exchange).
 */
async function answerForGroup(lookup: PreparedLookup, asked: AvailabilityRequest['mailboxes'][number], members: readonly Recipient[], view: FreeBusyViewOptions): Promise<LookedUp> {
  const { engine, request, requester, context, relationshipAccess } = lookup;
  const startedAt = engine.clock.now();
  const answer = (outcome: FreeBusyOutcome): LookedUp => ({ outcome, path: { source: 'Local', durationMs: engine.clock.now() - startedAt } });
  const limit = engine.limits.mailboxes;
  if (members.length > limit) {
    const failure: MailboxFailure = { code: 'AVAILABILITY_GROUP_TOO_LARGE', message: `The group has too many members for its free/busy information to be looked up. The allowed size = ${limit}; the actual size = ${members.length}.` };
    return answer({ ok: false, failure: publishedFailure(failure, engine.serverName) });
  }
  const mailboxes = members.map((member) => ({ ...asked, email: { address: member.primarySmtpAddress } }));
  const ofMembers = await prepareLookup(engine, { ...request, mailboxes }, requester, context);
  const outcomes = await lookUpAll({ ...ofMembers, relationshipAccess, groups: new Map() }, { ...view, requestedView: 'MergedOnly' });
  const streams = outcomes.flatMap(({ outcome }) => (outcome.ok && outcome.view.mergedFreeBusy !== undefined ? [outcome.view.mergedFreeBusy] : []));
  const intervals = mergedFreeBusy([], view.window, view.mergedFreeBusyIntervalInMinutes).length;
  const merged = Array.from({ length: intervals }, (_, index) => (streams.length === 0 ? 4 : Math.max(...streams.map((stream) => Number(stream[index] ?? 0)))));
  return answer({ ok: true, view: { viewType: 'MergedOnly', mergedFreeBusy: merged.join('') } });
}

async function answerLocally(
  { engine, requester, context, relationshipAccess }: PreparedLookup,
  recipient: Recipient,
  view: FreeBusyViewOptions,
): Promise<LookedUp> {
  if (context.signal.aborted) throw aborted(context);
  const startedAt = engine.clock.now();
  const answer = (outcome: FreeBusyOutcome): LookedUp => ({ outcome, path: { source: 'Local', durationMs: engine.clock.now() - startedAt } });
  try {
    const { calendars } = engine.organization;
    const result = await localFreeBusy({ calendars, recipient, requester, options: view, resultLimit: engine.limits.results, relationshipAccess: relationshipAccess?.(recipient) });
    if (result.ok) return answer(result);
    const facts = { requestId: context.requestId, code: result.failure.code, mailbox: recipient.guid };
    if (result.error === undefined) engine.log.info(facts, 'a local mailbox was not shown');
    else engine.log.warn({ ...facts, ...result.error.facts }, result.error.message);
    return answer({ ok: false, failure: publishedFailure(result.failure, engine.serverName) });
  } catch (error) {
    engine.log.error({ requestId: context.requestId, code: 'AVAILABILITY_INTERNAL', mailbox: recipient.guid, err: error }, errorText(error));
    return answer({ ok: false, failure: publishedFailure(internalFailure, engine.serverName) });
  }
}

const internalFailure: MailboxFailure = { code: 'AVAILABILITY_INTERNAL', message: 'An internal server error occurred. The operation failed.' };

function refusedAnswer({ engine, context }: PreparedLookup, route: Route & { kind: 'Refused' }): LookedUp {
  engine.log.info({ requestId: context.requestId, code: route.failure.code, source: route.source, name: route.name }, route.failure.message);
  return {
    outcome: { ok: false, failure: publishedFailure(route.failure, engine.serverName) },
    path: { source: route.source, ...(route.name === undefined ? {} : { name: route.name }), durationMs: 0 },
  };
}

function refuseAll(engine: Engine, request: AvailabilityRequest, failure: MailboxFailure) {
  const answer = { ok: false as const, failure: publishedFailure(failure, engine.serverName) };
  return {
    ...(request.freeBusyView === undefined ? {} : { freeBusy: request.mailboxes.map(() => answer) }),
    ...(request.suggestionsView === undefined ? {} : { suggestions: answer }),
  };
}

function aborted(context: RequestContext): AvailabilityError {
  return new AvailabilityError('AVAILABILITY_ABORTED', 'The lookup was given up, since nobody waits for its answer.', {
    facts: { requestId: context.requestId },
    cause: context.signal.reason,
  });
}
