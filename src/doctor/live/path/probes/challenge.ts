import { fail, pass, skipped } from '../../free-busy-case.ts';
import type { PathProbe } from '../path-case.ts';
import { neverSwitchedOn } from './client-profile.ts';

/** The answer to an empty Bearer must say where a token is to be had. */
export const challenge: PathProbe = {
  id: 'challenge',
  title: 'sign-in: the challenge says where tokens are',
  run(_, facts) {
    const { answer, url } = facts;
    if (facts.isModernOff === true) return Promise.resolve(skipped(neverSwitchedOn));
    if (answer?.status !== 401 || url === undefined) return Promise.resolve(skipped(facts.unreachable ?? 'there was no challenge'));
    const bearer = answer.challenges.flatMap((each) => /Bearer\b.*/i.exec(each)?.[0] ?? [])[0];
    const shown = answer.challenges.map((each) => each.split(' ', 1)[0]).join(', ') || 'nothing';
    if (bearer === undefined) return Promise.resolve(fail('it offers no Bearer', { cause: answer.isExchange ? 'h2-oauth-off' : 'fb10-preauthentication', proof: `${url.host} answers an empty Bearer with ${shown}${answer.isExchange ? '' : '; nothing in the answer is Exchange’s (no X-FEServer)'}.`, repair: [], undo: [] }));
    const uri = /authorization_uri="([^"]+)"/i.exec(bearer)?.[1] ?? '';
    const parsed = URL.parse(uri);
    if (parsed?.protocol !== 'https:') return Promise.resolve(fail('it does not say where', { cause: 'h2-no-default', proof: `The Bearer challenge of ${url.host} has ${uri === '' ? 'no authorization_uri' : `the authorization_uri "${uri}"`}.`, repair: [], undo: [] }));
    facts.authorizationUri = parsed;
    if (/4000000/.test(answer.diagnostics)) return Promise.resolve(fail('switched off for clients', { cause: 'h3-profile-off', proof: `x-ms-diagnostics: ${answer.diagnostics}`, repair: [], undo: [] }));
    return Promise.resolve(pass(parsed.href));
  },
};
