import type { Dispatcher } from 'undici';
import type { Clock } from '../../../foundation/index.ts';
import type { CmdletSession } from '../../../management/index.ts';
import type { FirstAnswer } from '../first-answer.ts';
import type { LookupOutcome } from '../free-busy-case.ts';
import type { Probe, ProbeFacts } from '../run-probes.ts';

/** What a person said: Outlook does not sign in with modern authentication. */
export interface SignInCase {
  /** SMTP address of who signs in; the mailbox is on premises. */
  user: string;
  /** Where the client goes. */
  url: URL;
  sessions: Partial<Record<'OnPremises' | 'Tenant', CmdletSession>>;
  /** Does what failed. Absent where nobody's credentials are at hand. */
  signIn?: () => Promise<LookupOutcome>;
  /** As the client reaches the server. */
  httpClient: Dispatcher;
  clock: Clock;
}

export interface SignInFacts extends ProbeFacts {
  answer?: FirstAnswer;
}

export type SignInProbe = Probe<SignInCase, SignInFacts>;
