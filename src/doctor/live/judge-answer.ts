import type { CmdletInvocation } from '../../management/index.ts';
import { otherEndpoint, publishedEndpoints } from './endpoints-elsewhere.ts';
import type { FirstAnswer } from './first-answer.ts';
import { answeringSide } from './free-busy-case.ts';
import { setting, text, texts } from './probe.ts';
import type { FreeBusyCase, Route } from './free-busy-case.ts';
import type { Finding } from './probe.ts';

/** A delegation token is good for five minutes before and after (Exchange's own limit). */
const clockToleranceMs = 5 * 60_000;
/** A lookup has 25 seconds for several such answers. */
export const slowMs = 8_000;

export interface JudgedAnswer {
  answer: FirstAnswer;
  url: URL;
  /** Where the address comes from: `TargetSharingEpr`… */
  property: string;
  route: Route;
}

/** What the first answer of an endpoint proves, if it proves anything. Reads only. */
export async function judgeAnswer(given: FreeBusyCase, judged: JudgedAnswer): Promise<Finding | undefined> {
  const { answer, url, property } = judged;
  const seen = (cause: string, proof: string): Finding => ({ cause, proof, repair: [], undo: [] });
  const said = `GET ${url.href} (${property}) without credentials answers ${answer.status}`;
  const byWhom = answer.server === '' ? 'nothing in the answer is Exchange’s (no X-FEServer)' : `the answer is that of ${answer.server}, not Exchange’s (no X-FEServer)`;
  if (answer.status === 502 || answer.status === 503 || answer.status === 504) return nobodyBehind(given, judged, said);
  if (answer.status === 404) return notFound(given, judged, answer.isExchange ? `${said}.` : `${said}: ${byWhom}.`);
  const isAddressSpace = judged.route.noun === 'AvailabilityAddressSpace';
  // What answers for an address space need not be Exchange.
  if (!answer.isExchange && !isAddressSpace) {
    if (answer.status >= 300 && answer.status < 400) return redirected(given, judged, said);
    if (answer.status === 403) return seen('fb13-preauthentication', `${said}: ${byWhom}.`);
    if (answer.status === 401) return seen('fb10-preauthentication', `${said} with the challenge ${answer.challenges.join(', ') || '(none)'}: ${byWhom}.`);
    if (answer.status === 500) return seen('fb1-pool-stopped', `${said}: the web server took the request, and ${byWhom}.`);
    if (answer.status === 200) return seen('fb27-device-page', `${said} with ${answer.type || 'a page'}: ${byWhom}.`);
  }
  if (answer.tookMs > slowMs) return seen('fb22-slow-path', `${said}, after ${Math.round(answer.tookMs / 1000)} seconds; a lookup may take 25 in all.`);
  if (judged.route.trust === 'DAuth' && answer.skewMs !== undefined && Math.abs(answer.skewMs) > clockToleranceMs) {
    return seen('fb3-clock', `The Date of an answer of ${url.host} is ${Math.round(Math.abs(answer.skewMs) / 1000)} s ${answer.skewMs > 0 ? 'after' : 'before'} ours; tokens bear no more than 300 s.`);
  }
  return isAddressSpace ? undefined : ((await foreignFrontEnd(given, judged)) ?? changedOnTheWay(given, judged));
}

/** Autodiscover of another organisation answers as well as the right one does. */
async function foreignFrontEnd(given: FreeBusyCase, { answer, url, property, route }: JudgedAnswer): Promise<Finding | undefined> {
  if (property === 'TargetSharingEpr' || route.noun === 'AvailabilityAddressSpace' || !answer.isExchange || answeringSide(given) !== 'OnPremises') return undefined;
  const session = given.sessions.OnPremises;
  const servers = ((await session?.invoke('Get-ExchangeServer').catch(() => [])) ?? []).map((server) => text(server, 'Name').toLowerCase());
  if (servers.length === 0 || servers.includes(answer.frontEnd.toLowerCase())) return undefined;
  const other = await otherEndpoint(given, route);
  const [trust] = (await session?.invoke('Get-FederationTrust').catch(() => [])) ?? [];
  const uri = route.noun === 'OrganizationRelationship' && text(trust, 'ApplicationUri') !== '' ? { TargetApplicationUri: text(trust, 'ApplicationUri') } : {};
  return {
    cause: 'fb11-autodiscover-elsewhere',
    proof: `${url.href} (${property}) is answered by ${answer.frontEnd}, which is no server of the other side (${servers.join(', ')}).`,
    ...(other === undefined ? { repair: [], undo: [] } : setting(given.askingSide, route.noun, route.object, { TargetSharingEpr: other, ...uri })),
  };
}

/** Exchange names the host in its challenge, and offers Basic over TLS only. */
async function changedOnTheWay(given: FreeBusyCase, { answer, url }: JudgedAnswer): Promise<Finding | undefined> {
  const basic = answer.challenges.map((each) => /Basic realm="([^"]*)"/i.exec(each)?.[1]).find((realm) => realm !== undefined);
  if (basic !== undefined && /^[\w.-]+$/.test(basic) && basic.toLowerCase() !== url.hostname.toLowerCase()) {
    return { cause: 'fb34-renaming-device', proof: `Asked for ${url.hostname}, the server was asked for ${basic}: that is the realm of its challenge.`, repair: [], undo: [] };
  }
  if (basic !== undefined || answer.status !== 401 || answer.challenges.length === 0) return undefined;
  const directories = (await given.sessions[answeringSide(given)]?.invoke('Get-WebServicesVirtualDirectory').catch(() => [])) ?? [];
  if (directories.length === 0 || !directories.every((each) => each['BasicAuthentication'] === true)) return undefined;
  return { cause: 'fb34-ssl-offload', proof: 'BasicAuthentication is True on the virtual directory, and its challenge through the published address offers no Basic: requests reach the server without TLS.', repair: [], undo: [] };
}

/** Undefined where somebody on the way says that nothing is behind, and all that is known to be there is well. */
async function nobodyBehind(given: FreeBusyCase, { answer, url }: JudgedAnswer, said: string): Promise<Finding | undefined> {
  const side = answeringSide(given);
  if (answer.refusal === 'RELAY_NO_AGENT') {
    const agents = (await given.sessions.Relay?.invoke('Get-HybridAgent').catch(() => [])) ?? [];
    const states = agents.map((agent) => `${text(agent, 'machineName') || text(agent, 'id')}: ${text(agent, 'status')}`).join(', ');
    return { cause: 'm35-agent-down', proof: `${said}, RELAY_NO_AGENT${states === '' ? '' : `; Get-HybridAgent: ${states}`}.`, repair: [], undo: [] };
  }
  if (/^(?:RELAY|AGENT)_TARGET/.test(answer.refusal)) return { cause: 'm35-target-down', proof: `${said}, ${answer.refusal}: the agent is there, and the server behind it is not.`, repair: [], undo: [] };
  const [server] = (await given.sessions[side]?.invoke('Get-ExchangeServer').catch(() => [])) ?? [];
  const resting = ((await given.sessions[side]?.invoke('Get-ServerComponentState', { Identity: text(server, 'Name') }).catch(() => [])) ?? []).find((each) => text(each, 'State') === 'Inactive' && ['EwsProxy', 'AutoDiscoverProxy', 'ServerWideOffline'].includes(text(each, 'Component')));
  if (resting !== undefined) {
    const set = (State: string): CmdletInvocation[] => [{ session: side, cmdlet: 'Set-ServerComponentState', parameters: { Identity: text(resting, 'Identity').split('\\')[0], Component: text(resting, 'Component'), State, Requester: requesterOf(resting) } }];
    return { cause: 'm35-component-inactive', proof: `${said}; component ${text(resting, 'Component')} is Inactive.`, repair: set('Active'), undo: set('Inactive') };
  }
  if (/HTTPAPI/i.test(answer.server)) return { cause: 'm35-pool-stopped', proof: `${said}, and it is HTTP.sys that answers (Server: ${answer.server}).`, repair: [], undo: [] };
  // The relay would say so itself (x-hybridge-error).
  if (answer.server === '' && (await isServed(given, url))) return undefined;
  return { cause: 'm35-agent-down', proof: `${said}: nothing stands behind ${url.host}.`, repair: [], undo: [] };
}

/** Whether the relay publishes the address and has an agent for it. */
async function isServed({ sessions }: FreeBusyCase, url: URL): Promise<boolean> {
  const published = (await sessions.Relay?.invoke('Get-HybridApplication').catch(() => [])) ?? [];
  const agents = (await sessions.Relay?.invoke('Get-HybridAgent').catch(() => [])) ?? [];
  return published.some((each) => URL.parse(text(each, 'externalUrl'))?.host === url.host) && agents.some((agent) => text(agent, 'status').toLowerCase() === 'active');
}

/** Who wants a component inactive; only the same one can let it work again. */
function requesterOf({ LocalStates }: Record<string, unknown>): string {
  const [first] = Array.isArray(LocalStates) ? (LocalStates as readonly Record<string, unknown>[]) : [];
  return (first === undefined ? '' : text(first, 'Requester')) || 'Maintenance';
}

async function redirected(given: FreeBusyCase, { answer, url, property, route }: JudgedAnswer, said: string): Promise<Finding> {
  const proof = `${said} with Location ${answer.location}`;
  const isRight = /\/(?:ews\/exchange\.asmx|autodiscover\/autodiscover\.svc)(?:\/wssecurity)?$/i.test(url.pathname) && (await isPublished(given, url));
  if (isRight) return { cause: 'fb31-device-redirect', proof: `${proof}. The address is right: a device before Exchange answers.`, repair: [], undo: [] };
  const other = property === 'TargetSharingEpr' ? await otherEndpoint(given, route) : undefined;
  return { cause: 'fb31-target-sharing-epr', proof: `${proof}. The other side is not published there.`, ...(other === undefined ? { repair: [], undo: [] } : setting(given.askingSide, route.noun, route.object, { TargetSharingEpr: other })) };
}

async function notFound(given: FreeBusyCase, { url, answer, property, route }: JudgedAnswer, proof: string): Promise<Finding> {
  const foreign = await foreignDomains(given, route);
  if (foreign !== undefined) return foreign;
  if (/\.svc(?:\/wssecurity)?$/i.test(url.pathname) && !answer.isExchange && /IIS/i.test(answer.server) && (await isPublished(given, url))) return { cause: 'fb5-handler-mapping', proof: `${proof} The address is right, and IIS looks for a file of that name.`, repair: [], undo: [] };
  const other = await otherEndpoint(given, route);
  return { cause: 'fb5-endpoint', proof, ...(other === undefined ? { repair: [], undo: [] } : setting(given.askingSide, route.noun, route.object, { [property === 'TargetSharingEpr' ? property : 'TargetSharingEpr']: other })) };
}

/** An object that lists domains of a third organisation is meant for that one. */
async function foreignDomains(given: FreeBusyCase, route: Route): Promise<Finding | undefined> {
  const property = route.noun === 'IntraOrganizationConnector' ? 'TargetAddressDomains' : 'DomainNames';
  const accepted = new Set(((await given.sessions[answeringSide(given)]?.invoke('Get-AcceptedDomain').catch(() => [])) ?? []).map((each) => text(each, 'DomainName').toLowerCase()));
  const listed = texts(route.object, property);
  const foreign = listed.find((domain) => !accepted.has(domain.toLowerCase()));
  const own = listed.filter((domain) => accepted.has(domain.toLowerCase()));
  if (accepted.size === 0 || foreign === undefined || own.length === 0) return undefined;
  const session = given.sessions[given.askingSide];
  const meant = ((await session?.invoke(`Get-${route.noun}`)) ?? []).find((each) => text(each, 'Name') !== text(route.object, 'Name'));
  const change = (identity: string, how: 'add' | 'remove'): CmdletInvocation => ({ session: given.askingSide, cmdlet: `Set-${route.noun}`, parameters: { Identity: identity, [property]: { [how]: own } } });
  const here = text(route.object, 'Name');
  const there = text(meant, 'Name');
  return {
    cause: 'fb5-domain',
    proof: `"${here}" lists ${own.join(', ')} beside ${foreign}, which is not of the other side${there === '' ? '' : `; "${there}" does not list it`}.`,
    repair: there === '' ? [] : [change(here, 'remove'), change(there, 'add')],
    undo: there === '' ? [] : [change(there, 'remove'), change(here, 'add')],
  };
}

async function isPublished(given: FreeBusyCase, url: URL): Promise<boolean> {
  const hosts = (await publishedEndpoints(given)).map((each) => URL.parse(each)?.hostname.toLowerCase());
  const domain = url.hostname.toLowerCase().replace(/^[^.]+\./, '');
  return hosts.includes(url.hostname.toLowerCase()) || (/^autodiscover\./i.test(url.hostname) && hosts.some((host) => host?.endsWith(domain)));
}
