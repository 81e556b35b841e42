import type { Dispatcher } from 'undici';
import type { FirstAnswer } from './first-answer.ts';
import type { LookupOutcome, Probe, ProbeFacts } from './probe.ts';
import type { Clock, Dial } from '../../foundation/index.ts';
import type { CmdletSession } from '../../management/index.ts';

export type Side = 'OnPremises' | 'Cloud';

/** What a person said: A cannot see whether B is free. And what can be asked to find out why. */
export interface FreeBusyCase {
  /** SMTP address of who asks. */
  asker: string;
  /** SMTP address of whose free/busy is asked for. */
  whom: string;
  askingSide: Side;
  /** Sessions with at least the rights to look; those that are not there make probes be skipped. */
  sessions: Partial<Record<Side | 'Tenant' | 'Relay', CmdletSession>>;
  /** Does what failed. Absent where nobody's credentials are at hand. */
  lookUp?: () => Promise<LookupOutcome>;
  /** Asks endpoints as a stranger would, by the network of the asking side. */
  httpClient: Dispatcher;
  /** The same from another network, to tell what is blocked from what is down. */
  elsewhere?: Dispatcher;
  /** How that network dials, and the authorities that are trusted there (PEM): to look past a name that does not resolve and a handshake that is refused. Without them such a failure hides what is behind it. */
  network?: { dial: Dial; ca: readonly string[] };
  /** How long an endpoint may take for its answer. Default 40,000 ms. */
  patienceMs?: number;
  clock: Clock;
}

/** What earlier probes found out for later ones. */
export interface FreeBusyFacts extends ProbeFacts {
  /** The address with which the other organisation is asked. */
  targetAddress?: string;
  /** The side on which the person has the mailbox; `isLocal` where it is the asking one. */
  isLocal?: boolean;
  route?: Route;
  endpoint?: URL;
  /** Whether a connection to the endpoint was made, whatever came of it. */
  isConnected?: boolean;
  /** What the endpoint will have answered, asked while the lookup still waits. */
  early?: { url: string; answer: Promise<FirstAnswer> };
  /** Asks the endpoint past what keeps the product from it; destroyed at the end. */
  beyond?: Dispatcher;
  /** Why nothing of the endpoint can be seen beyond its failure. */
  hiddenBecause?: string;
  /** What the endpoint answered to a stranger. */
  answer?: FirstAnswer;
  /** The federation gateway could not be reached. */
  isGatewaySilent?: boolean;
}

/** The object that decides how a domain is looked up. */
export interface Route {
  trust: 'OAuth' | 'DAuth' | 'address space';
  noun: 'IntraOrganizationConnector' | 'OrganizationRelationship' | 'AvailabilityAddressSpace';
  object: Record<string, unknown>;
}

export type FreeBusyProbe = Probe<FreeBusyCase, FreeBusyFacts>;

export function answeringSide({ askingSide }: Pick<FreeBusyCase, 'askingSide'>): Side {
  return askingSide === 'Cloud' ? 'OnPremises' : 'Cloud';
}

/** The side that has the mailbox, as far as earlier probes know. */
export function owningSide(given: Pick<FreeBusyCase, 'askingSide'>, { isLocal }: Pick<FreeBusyFacts, 'isLocal'>): Side {
  return isLocal === true ? given.askingSide : answeringSide(given);
}

/** Why a probe of one trust is skipped, where the lookup does not go over it. */
export function notOver(trust: Route['trust'], route: Route | undefined): string {
  return route === undefined ? 'no connector or relationship decides' : `the lookup does not go over ${trust}`;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Whether a list of domains (`contoso.com`, `*.contoso.com`) has a domain. */
export function covers(domains: readonly string[], domain: string): boolean {
  return domains.some((each) => each.toLowerCase() === domain || (each.startsWith('*.') && domain.endsWith(each.slice(1).toLowerCase())));
}
