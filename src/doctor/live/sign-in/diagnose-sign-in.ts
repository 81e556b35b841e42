import { runProbes } from '../run-probes.ts';
import type { FreeBusyDiagnosis, ProbeReport } from '../run-probes.ts';
import { challenge } from './challenge.ts';
import { clientProfile } from './client-profile.ts';
import { servicePrincipalName } from './service-principal-name.ts';
import type { SignInCase, SignInFacts, SignInProbe } from './sign-in-case.ts';
import { signInItself } from './sign-in-itself.ts';
import { twin } from './twin.ts';

/** Along the path of a sign-in: what the server asks for, the switch, the tenant, and the account. */
const path: readonly SignInProbe[] = [signInItself, challenge, clientProfile, servicePrincipalName, twin];

/** Finds out why a person does not get in with modern authentication. Reads only. */
export function diagnoseSignIn(given: SignInCase, onProbe: (report: ProbeReport) => void = () => undefined): Promise<FreeBusyDiagnosis> {
  return runProbes<SignInCase, SignInFacts>(path, given, {}, onProbe);
}
