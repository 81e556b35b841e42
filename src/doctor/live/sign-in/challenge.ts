import { firstAnswer } from '../first-answer.ts';
import { fail, pass, setting, text } from '../free-busy-case.ts';
import type { Finding } from '../free-busy-case.ts';
import { signInSession } from './on-premises.ts';
import type { SignInCase, SignInProbe } from './sign-in-case.ts';

/** What the server asks a client for that has no token yet, and whether it was asked by the client's own name for it. */
export const challenge: SignInProbe = {
  id: 'challenge',
  title: 'the challenge: Bearer, authorization_uri, host',
  async run(given, facts) {
    const answer = await firstAnswer(given, given.url);
    facts.answer = answer;
    const bearer = answer.challenges.find((each) => /^Bearer\b/i.test(each));
    const findings: Finding[] = [];
    if (bearer === undefined) findings.push(...(await withoutBearer(given, answer.challenges)));
    else findings.push(...(await authorizationServer(given, /authorization_uri="([^"]*)"/.exec(bearer)?.[1])));
    const realm = answer.challenges.map((each) => /Basic realm="([^"]*)"/i.exec(each)?.[1]).find((each) => each !== undefined);
    if (realm !== undefined && realm.toLowerCase() !== given.url.hostname.toLowerCase()) findings.push({ cause: 'h5-host-rewrite', proof: `The client asked ${given.url.hostname}, and the server was asked for ${realm}: that is the realm of its challenge.`, repair: [], undo: [] });
    if (realm === undefined && answer.challenges.length > 0 && (await offersBasic(given))) findings.push({ cause: 'h6-ssl-offload', proof: 'BasicAuthentication is True on the virtual directory, and the challenge offers no Basic: requests reach the server without TLS.', repair: [], undo: [] });
    return findings.length > 0 ? fail(findings.map(({ proof }) => proof).join(' '), ...findings) : pass(`${answer.status}; ${bearer ?? ''}`);
  },
};

async function withoutBearer(given: SignInCase, challenges: readonly string[]): Promise<Finding[]> {
  const directories = await signInSession(given, 'OnPremises').invoke('Get-WebServicesVirtualDirectory');
  return directories
    .filter((each) => each['OAuthAuthentication'] === false)
    .map((each) => ({ cause: 'h2-oauth-off', proof: `${given.url.href} offers ${challenges.map((one) => one.split(' ')[0] ?? '').join(', ') || 'nothing'} and no Bearer; OAuthAuthentication is False on "${text(each, 'Identity')}".`, ...setting('OnPremises', 'WebServicesVirtualDirectory', each, { OAuthAuthentication: true }) }));
}

/** EvoSts, of the type AzureAD, is where the client must be sent. */
async function authorizationServer(given: SignInCase, uri: string | undefined): Promise<Finding[]> {
  const servers = await signInSession(given, 'OnPremises').invoke('Get-AuthServer');
  const evoSts = servers.find((each) => text(each, 'Type') === 'AzureAD');
  const isDefault = servers.find((each) => each['IsDefaultAuthorizationEndpoint'] === true);
  if (evoSts === undefined) return [];
  const repair = setting('OnPremises', 'AuthServer', evoSts, { IsDefaultAuthorizationEndpoint: true });
  if (uri === undefined) return [{ cause: 'h2-no-default', proof: `The Bearer challenge has no authorization_uri; IsDefaultAuthorizationEndpoint is ${isDefault === undefined ? 'False on every AuthServer' : `True on "${text(isDefault, 'Name')}"`}.`, ...repair }];
  if (isDefault === undefined || text(isDefault, 'Name') === text(evoSts, 'Name')) return [];
  return [{ cause: 'h2-wrong-default', proof: `The challenge sends clients to ${uri}: IsDefaultAuthorizationEndpoint is True on "${text(isDefault, 'Name')}" (${text(isDefault, 'Type')}).`, ...repair }];
}

async function offersBasic(given: SignInCase): Promise<boolean> {
  const directories = (await given.sessions.OnPremises?.invoke('Get-WebServicesVirtualDirectory').catch(() => [])) ?? [];
  return directories.length > 0 && directories.every((each) => each['BasicAuthentication'] === true);
}
