import type { Dispatcher } from 'undici';
import type { Clock, Dial } from '../../../foundation/index.ts';
import type { CmdletSession } from '../../../management/index.ts';
import type { FirstAnswer } from '../first-answer.ts';
import type { ProbeOutcome } from '../free-busy-case.ts';

/** What is looked at: sessions with organisations that are ours, and addresses that everybody can ask. */
export interface PathCase {
  sessions: Partial<Record<'OnPremises' | 'Cloud' | 'Tenant' | 'Relay', CmdletSession>>;
  /** What the client or the other organisation would ask. Without it the configuration says it, where a session does. */
  url?: URL;
  dial: Dial;
  /** PEM of all authorities that are trusted. */
  ca: readonly string[];
  httpClient: Dispatcher;
  clock: Clock;
  /** Both switches of modern authentication off is a failure, and no choice. Default true. */
  isModernExpected?: boolean;
  /** Value of an `Authorization` header for EWS: somebody's token or password. */
  authorization?: string;
}

/** What earlier probes found out for later ones. */
export interface PathFacts {
  url?: URL | undefined;
  /** Why nothing can be asked of the endpoint any more. */
  unreachable?: string;
  answer?: FirstAnswer;
  authorizationUri?: URL;
  /** Nobody switched modern authentication on, and nobody expects it. */
  isModernOff?: boolean;
}

export interface PathProbe {
  id: string;
  /** What it looks at, for people. */
  title: string;
  run(given: PathCase, facts: PathFacts): Promise<ProbeOutcome>;
}
