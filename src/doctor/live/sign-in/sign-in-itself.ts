import { pass, skipped } from '../free-busy-case.ts';
import type { SignInProbe } from './sign-in-case.ts';

/** The sign-in itself, as the person does it. Its failure proves no cause: the later probes do. */
export const signInItself: SignInProbe = {
  id: 'sign-in',
  title: 'the sign-in itself',
  async run({ signIn }, facts) {
    if (signIn === undefined) return skipped('nobody’s credentials are at hand');
    facts.lookup = await signIn();
    return facts.lookup.ok ? pass(facts.lookup.detail) : { status: 'fail', detail: facts.lookup.text, findings: [] };
  },
};
