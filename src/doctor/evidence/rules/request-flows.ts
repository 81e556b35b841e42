import type { EvidenceLine, EvidenceSide, Sign } from '../evidence-types.ts';

/** One request as a server's log or a trace tells of it. */
export interface SeenRequest {
  /** Epoch milliseconds, UTC; requests without a time prove less. */
  at?: number | undefined;
  path: string;
  userAgent: string;
  status: number;
  /** IIS's second number: 7 of 404.7. */
  substatus?: number;
  side: EvidenceSide;
  /** Which log it is in: the same request stands in several. */
  flow: string;
  /** Called at the end, and only for what is told: it must not keep the block of the file in memory. */
  evidence: () => EvidenceLine;
}

export interface RequestFlows {
  add(request: SeenRequest): void;
  /** Whether requests of clients are refused, in a log whose answered ones are not all told. */
  hasRefusedClients(flow: string): boolean;
  /** What the requests speak for, when all of them were seen. */
  conclude(): readonly Sign[];
  /** Whether a server on this side wrote a request of another organisation within two minutes of a time. */
  hasCrossForestNear(at: number): boolean;
  /** Requests of other organisations, and how many of them were answered. */
  readonly crossForest: { seen: number; answered: number };
}

type Caller = 'lookups of another organisation' | 'Autodiscover of another organisation' | 'mailbox moves' | 'clients';

interface Flow {
  caller: Caller;
  isConcluded: boolean;
  answered: number;
  /** By status, since the last request that was answered. */
  refused: Map<string, { count: number; status: number; substatus: number; at?: number | undefined; first: () => EvidenceLine }>;
}

const mostFlows = 500;
const mostMinutes = 100_000;
/** Fewer refusals than this after an answer may be the beginning of a handshake that the log's end cuts off. */
const fewestAfterAnswer = 3;

/**
 * Follows requests by who sends them. A first 401 is part of every sign-in; only what is never answered, or not any more,
 * is a failure. Exchange's own requests across organisations are told by their user agents, `ASProxy/CrossForest/…` and
 * `ASAutoDiscover/CrossForest/…`.
 */
export function createRequestFlows(): RequestFlows {
  const flows = new Map<string, Flow>();
  const minutes = new Set<number>();
  const crossForest = { seen: 0, answered: 0 };
  return {
    crossForest,
    add(request) {
      const caller = callerOf(request);
      if (caller === undefined) return;
      const isAnswered = request.status >= 200 && request.status < 300;
      if (caller !== 'clients' && caller !== 'mailbox moves') {
        crossForest.seen++;
        if (isAnswered) crossForest.answered++;
        if (request.side === 'on-premises' && request.at !== undefined && minutes.size < mostMinutes) minutes.add(Math.floor(request.at / 60_000));
      }
      const key = `${request.flow}\0${caller}`;
      let flow = flows.get(key);
      if (flow === undefined) {
        if (flows.size >= mostFlows) return;
        flows.set(key, (flow = { caller, isConcluded: false, answered: 0, refused: new Map() }));
      }
      if (isAnswered) {
        flow.answered++;
        if (flow.refused.size > 0) flow.refused.clear();
        return;
      }
      if (request.status < 300 || (caller === 'clients' && request.status !== 503)) return;
      const { status, substatus = 0, at } = request;
      const kind = `${status}.${substatus}`;
      const refused = flow.refused.get(kind);
      if (refused === undefined) flow.refused.set(kind, { count: 1, status, substatus, at, first: request.evidence });
      else refused.count++;
    },
    hasRefusedClients: (flow) => (flows.get(`${flow}\0clients`)?.refused.size ?? 0) > 0,
    conclude: () => [...flows.values()].flatMap(signsOf),
    hasCrossForestNear: (at) => [-2, -1, 0, 1, 2].some((offset) => minutes.has(Math.floor(at / 60_000) + offset)),
  };
}

function callerOf({ userAgent, path }: SeenRequest): Caller | undefined {
  if (/ASAutoDiscover\/CrossForest/i.test(userAgent)) return 'Autodiscover of another organisation';
  if (/ASProxy\/CrossForest|TestOrganizationRelationship/i.test(userAgent)) return 'lookups of another organisation';
  if (/\/mrsproxy\.svc/i.test(path)) return 'mailbox moves';
  return /^\/(?:ews|autodiscover|mapi|oab)\b/i.test(path) ? 'clients' : undefined;
}

function signsOf({ caller, answered, refused }: Flow): Sign[] {
  return [...refused.values()].flatMap(({ count, status, substatus, at, first }) => {
    if (answered > 0 && count < fewestAfterAnswer) return [];
    const meaning = meaningOf(caller, status, substatus);
    if (meaning === undefined) return [];
    const since = caller === 'clients' ? '' : answered > 0 ? ` after the last of ${answered} that were answered` : ', and none is answered';
    return [{ ...meaning, proof: `${count} request${count === 1 ? '' : 's'} (${caller}) ${count === 1 ? 'is' : 'are'} refused with ${status}${substatus === 0 ? '' : `.${substatus}`}${since}.`, evidence: first(), ...(at === undefined ? {} : { at }) }];
  });
}

/** What it means that Exchange's own server refuses: the request did reach it. */
function meaningOf(caller: Caller, status: number, substatus: number): Pick<Sign, 'failure' | 'cause'> | undefined {
  if (status === 503) return { failure: 'M35', cause: 'm35-pool-stopped' };
  if (caller === 'clients') return undefined;
  if (caller === 'mailbox moves') {
    if (status === 403) return { failure: 'A1' };
    return status === 404 && substatus === 7 ? { failure: 'A1', cause: 'a1-request-filtering' } : undefined;
  }
  if (status === 401) return { failure: 'FB10' };
  if (status === 403) return { failure: 'FB13' };
  if (status === 404) return { failure: 'FB5', cause: 'fb5-handler-mapping' };
  return status === 302 ? { failure: 'FB31' } : undefined;
}
