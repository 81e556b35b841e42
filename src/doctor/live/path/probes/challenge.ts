import { fail, pass, skipped } from '../../probe.ts';
import type { Finding } from '../../probe.ts';
import type { PathCase, PathFacts, PathProbe } from '../path-case.ts';
import { neverSwitchedOn } from './client-profile.ts';

/** The answer to an empty Bearer must say where a token is to be had, and be given by the client's own name for the server. */
export const challenge: PathProbe = {
  id: 'challenge',
  title: 'sign-in: the challenge says where tokens are',
  async run(given, facts) {
    const { answer, url } = facts;
    if (facts.isModernOff === true) return skipped(neverSwitchedOn);
    if (answer?.status !== 401 || url === undefined) return skipped(facts.unreachable ?? 'there was no challenge');
    const findings = [...bearerFindings(facts), ...(await changedOnTheWay(given, facts))];
    return findings.length > 0 ? fail(findings.map(({ proof }) => proof).join(' '), ...findings) : pass(facts.authorizationUri?.href ?? '');
  },
};

function bearerFindings(facts: PathFacts): Finding[] {
  const { answer, url } = facts;
  if (answer === undefined || url === undefined) return [];
  const seen = (cause: string, proof: string): Finding[] => [{ cause, proof, repair: [], undo: [] }];
  const bearer = answer.challenges.flatMap((each) => /Bearer\b.*/i.exec(each)?.[0] ?? [])[0];
  const shown = answer.challenges.map((each) => each.split(' ', 1)[0]).join(', ') || 'nothing';
  if (bearer === undefined) return seen(answer.isExchange ? 'h2-oauth-off' : 'fb10-preauthentication', `${url.host} answers an empty Bearer with ${shown}${answer.isExchange ? '' : '; nothing in the answer is Exchange’s (no X-FEServer)'}.`);
  const uri = /authorization_uri="([^"]+)"/i.exec(bearer)?.[1] ?? '';
  const parsed = URL.parse(uri);
  if (parsed?.protocol !== 'https:') return seen('h2-no-default', `The Bearer challenge of ${url.host} has ${uri === '' ? 'no authorization_uri' : `the authorization_uri "${uri}"`}.`);
  facts.authorizationUri = parsed;
  return answer.diagnostics.includes('4000000') ? seen('h3-profile-off', `x-ms-diagnostics: ${answer.diagnostics}`) : [];
}

/** Exchange names the host in its challenge for Basic, and offers it over TLS only. */
async function changedOnTheWay({ sessions }: PathCase, { answer, url }: PathFacts): Promise<Finding[]> {
  if (answer === undefined || url === undefined || answer.challenges.length === 0) return [];
  const realm = answer.challenges.map((each) => /Basic realm="([^"]*)"/i.exec(each)?.[1]).find((each) => each !== undefined);
  if (realm !== undefined && /^[\w.-]+$/.test(realm) && realm.toLowerCase() !== url.hostname.toLowerCase()) return [{ cause: 'h5-host-rewrite', proof: `The client asked ${url.hostname}, and the server was asked for ${realm}: that is the realm of its challenge.`, repair: [], undo: [] }];
  if (realm !== undefined) return [];
  const directories = (await sessions.OnPremises?.invoke('Get-WebServicesVirtualDirectory').catch(() => [])) ?? [];
  if (directories.length === 0 || !directories.every((each) => each['BasicAuthentication'] === true)) return [];
  return [{ cause: 'h6-ssl-offload', proof: 'BasicAuthentication is True on the virtual directory, and the challenge offers no Basic: requests reach the server without TLS.', repair: [], undo: [] }];
}
