import type { Dispatcher } from 'undici';
import type { FirstAnswer } from './first-answer.ts';
import type { Clock } from '../../foundation/index.ts';
import type { CmdletInvocation, CmdletSession } from '../../management/index.ts';

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
  /** How long an endpoint may take for its answer. Default 40,000 ms. */
  patienceMs?: number;
  clock: Clock;
}

export type LookupOutcome = { ok: true; detail: string } | { ok: false; text: string };

/** One cause, with what proves it, and what to do in this very organisation. */
export interface Finding {
  /** Id of a cause in the catalogue. */
  cause: string;
  /** What was seen, with the values. */
  proof: string;
  /** To run in order. Empty where only a person can do it; then the knowledge says what. */
  repair: readonly CmdletInvocation[];
  /** Puts things back as they were before the repair. */
  undo: readonly CmdletInvocation[];
}

export type ProbeOutcome = { status: 'pass'; detail: string } | { status: 'fail'; detail: string; findings: readonly Finding[] } | { status: 'skipped'; because: string };

/** What earlier probes found out for later ones. */
export interface FreeBusyFacts {
  lookup?: LookupOutcome;
  /** The address with which the other organisation is asked. */
  targetAddress?: string;
  /** The side on which the person has the mailbox; `isLocal` where it is the asking one. */
  isLocal?: boolean;
  route?: Route;
  endpoint?: URL;
  /** What the endpoint answered to a stranger. */
  answer?: FirstAnswer;
  /** The federation gateway could not be reached. */
  isGatewaySilent?: boolean;
  /** Whether a probe before has proved a cause. */
  hasFindings?: boolean;
}

/** The object that decides how a domain is looked up. */
export interface Route {
  trust: 'OAuth' | 'DAuth' | 'address space';
  noun: 'IntraOrganizationConnector' | 'OrganizationRelationship' | 'AvailabilityAddressSpace';
  object: Record<string, unknown>;
}

export interface FreeBusyProbe {
  id: string;
  /** What it looks at, for people. */
  title: string;
  run(given: FreeBusyCase, facts: FreeBusyFacts): Promise<ProbeOutcome>;
}

export function answeringSide({ askingSide }: Pick<FreeBusyCase, 'askingSide'>): Side {
  return askingSide === 'Cloud' ? 'OnPremises' : 'Cloud';
}

/** The side that has the mailbox, as far as earlier probes know. */
export function owningSide(given: Pick<FreeBusyCase, 'askingSide'>, { isLocal }: Pick<FreeBusyFacts, 'isLocal'>): Side {
  return isLocal === true ? given.askingSide : answeringSide(given);
}

export const sideNames = { OnPremises: 'the on-premises organisation', Cloud: 'Exchange Online', Tenant: 'the tenant’s directory', Relay: 'the relay' } as const;

/** Thrown by `sessionOf`: the probe cannot look, which is no finding. */
export class NoSession extends Error {}

export function sessionOf({ sessions }: Pick<FreeBusyCase, 'sessions'>, place: keyof typeof sideNames): CmdletSession {
  const session = sessions[place];
  if (session === undefined) throw new NoSession(`there is no session with ${sideNames[place]}`);
  return session;
}

export const pass = (detail: string): ProbeOutcome => ({ status: 'pass', detail });
export const skipped = (because: string): ProbeOutcome => ({ status: 'skipped', because });
export const fail = (detail: string, ...findings: readonly Finding[]): ProbeOutcome => ({ status: 'fail', detail, findings });

/** A repair that sets properties of one object, and back. */
export function setting(session: CmdletInvocation['session'], noun: string, former: Record<string, unknown>, changes: Record<string, unknown>): Pick<Finding, 'repair' | 'undo'> {
  const Identity = former['Identity'] ?? former['Name'];
  const before = Object.fromEntries(Object.keys(changes).map((name) => [name, former[name] ?? null]));
  return { repair: [{ session, cmdlet: `Set-${noun}`, parameters: { Identity, ...changes } }], undo: [{ session, cmdlet: `Set-${noun}`, parameters: { Identity, ...before } }] };
}

export function text(object: Record<string, unknown> | undefined, property: string): string {
  const value = object?.[property];
  return typeof value === 'string' ? value : '';
}

export function texts(object: Record<string, unknown> | undefined, property: string): readonly string[] {
  const value = object?.[property];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Whether a list of domains (`contoso.com`, `*.contoso.com`) has a domain. */
export function covers(domains: readonly string[], domain: string): boolean {
  return domains.some((each) => each.toLowerCase() === domain || (each.startsWith('*.') && domain.endsWith(each.slice(1).toLowerCase())));
}
