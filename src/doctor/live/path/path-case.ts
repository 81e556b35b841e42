import type { Dispatcher } from 'undici';
import type { Clock, Dial } from '../../../foundation/index.ts';
import type { CmdletSession } from '../../../management/index.ts';
import type { FirstAnswer } from '../first-answer.ts';
import type { LookupOutcome } from '../probe.ts';
import type { Probe, ProbeFacts } from '../probe.ts';
import type { ClientRegistry } from './read-client-registry.ts';

/** What is looked at: sessions with organisations that are ours, and addresses that everybody can ask. */
export interface PathCase {
  sessions: Partial<Record<'OnPremises' | 'Cloud' | 'Tenant' | 'Relay', CmdletSession>>;
  /** What the client or the other organisation would ask. Without it the configuration says it, where a session does. */
  url?: URL;
  /** SMTP address of who does not get in; the mailbox is on premises. */
  user?: string;
  /** Does what failed, as the person does it. Absent where nobody's credentials are at hand. */
  attempt?: () => Promise<LookupOutcome>;
  /** What the registry of the person's machine says of Office. */
  client?: ClientRegistry;
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
export interface PathFacts extends ProbeFacts {
  url?: URL | undefined;
  /** Why nothing can be asked of the endpoint any more. */
  unreachable?: string;
  /** Asks the endpoint although its TLS or its certificate is refused; destroyed at the end. No credentials go this way. */
  beyond?: Dispatcher;
  answer?: FirstAnswer;
  authorizationUri?: URL;
  /** Nobody switched modern authentication on, and nobody expects it. */
  isModernOff?: boolean;
}

export type PathProbe = Probe<PathCase, PathFacts>;
