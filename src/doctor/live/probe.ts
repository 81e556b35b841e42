import type { CmdletInvocation, CmdletSession } from '../../management/index.ts';

export type LookupOutcome = { ok: true; detail: string } | { ok: false; text: string };

/** One cause, with what proves it, and what to do in this very organisation. */
export interface Finding {
  /** Id of a cause in the catalogue. */
  cause: string;
  /** What was seen, with the values. */
  proof: string;
  /** To run in order. Empty where only a person can do it; then the knowledge says what. */
  repair: readonly CmdletInvocation[];
  /** What that repair may do to others, where it is another than the knowledge's. */
  risk?: string;
  /** Puts things back as they were before the repair. */
  undo: readonly CmdletInvocation[];
  /** Why a repair by cmdlets has no way back, or needs none. */
  noUndo?: string;
}

export type ProbeOutcome = { status: 'pass'; detail: string } | { status: 'fail'; detail: string; findings: readonly Finding[] } | { status: 'skipped'; because: string };

export interface Probe<Case, Facts> {
  id: string;
  /** What it looks at, for people. */
  title: string;
  run(given: Case, facts: Facts): Promise<ProbeOutcome>;
}

/** What every diagnosis keeps for later probes. */
export interface ProbeFacts {
  lookup?: LookupOutcome;
  /** Ids of the causes that probes before have proved. */
  causes?: readonly string[];
  /** What nobody can see before something else is repaired, each with its reason: “what is behind …, because …”. */
  hidden?: readonly string[];
}

export const sideNames = { OnPremises: 'the on-premises organisation', Cloud: 'Exchange Online', Tenant: 'the tenant’s directory', Relay: 'the relay' } as const;

/** For the beginning of a sentence. */
export function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Thrown by `sessionOf`: the probe cannot look, which is no finding. */
export class NoSession extends Error {}

export function sessionOf({ sessions }: { sessions: Partial<Record<keyof typeof sideNames, CmdletSession>> }, place: keyof typeof sideNames): CmdletSession {
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
