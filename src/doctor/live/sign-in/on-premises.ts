import type { CmdletSession } from '../../../management/index.ts';
import { NoSession, sideNames } from '../free-busy-case.ts';
import type { SignInCase } from './sign-in-case.ts';

/** A session, or the reason for which a probe is skipped. */
export function signInSession({ sessions }: SignInCase, place: 'OnPremises' | 'Tenant'): CmdletSession {
  const session = sessions[place];
  if (session === undefined) throw new NoSession(`there is no session with ${sideNames[place]}`);
  return session;
}
