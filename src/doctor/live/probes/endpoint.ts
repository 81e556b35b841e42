import { errorCode } from '../../../foundation/index.ts';
import { connectionText } from '../connection-text.ts';
import { otherEndpoint, publishedEndpoints } from '../endpoints-elsewhere.ts';
import { firstAnswer } from '../first-answer.ts';
import { isHandshake, lookBeyond } from '../look-beyond.ts';
import { isOwnNetwork, noAnswer } from '../no-answer.ts';
import { fail, pass, setting, skipped, text } from '../probe.ts';
import type { FreeBusyCase, FreeBusyFacts, FreeBusyProbe, Route } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';
import { judgeAnswer } from '../judge-answer.ts';
import type { JudgedAnswer } from '../judge-answer.ts';

/** Name, connection, TLS and the first answer of the endpoint, as a stranger gets them. */
export const endpoint: FreeBusyProbe = {
  id: 'endpoint',
  title: 'endpoint: DNS, connection, TLS, first answer',
  async run(given, facts) {
    const { route } = facts;
    if (route === undefined) return skipped('no connector or relationship decides');
    const property = endpointProperty(route);
    const url = URL.parse(text(route.object, property));
    if (url === null) return fail('there is no endpoint', { cause: 'fb29-wrong-endpoint', proof: `"${text(route.object, 'Name')}" has neither TargetSharingEpr nor an address of Autodiscover.`, repair: [], undo: [] });
    facts.endpoint = url;
    const own = await (facts.early?.url === url.href ? facts.early.answer : firstAnswer(given, url)).catch((error: unknown) => ({ error }));
    if (!('error' in own)) {
      facts.isConnected = true;
      const findings = await judged(given, facts, { answer: own, url, property, route });
      findings.push(...(await afterRepair(given, facts, { findings, property, route })), ...(await asMeant(given, facts, findings)));
      return findings.length === 0 && own.status < 500 ? pass(`${url.host} answers ${own.status}`) : fail(`${url.host} answers ${own.status}`, ...findings);
    }
    const { error } = own;
    facts.isConnected = isHandshake(error);
    if (isOwnNetwork(error)) return fail(`this machine has no way to ${url.host} (${connectionText(error)}): nothing is known of it`);
    const findings = [await unreachable(given, route, { url, property, error })];
    const more = [...(await afterRepair(given, facts, { findings, property, route }))];
    if (facts.answer === undefined) more.push(...await beyond(given, facts, { url, property, route, error }));
    findings.push(...more.filter(({ cause }, at) => findings.every((known) => known.cause !== cause) && more.findIndex((known) => known.cause === cause) === at));
    return fail(`${url.host}: ${connectionText(error)}`, ...findings);
  },
};

/** What the next repair would meet, as far as it can be seen. */
async function beyond(given: FreeBusyCase, facts: FreeBusyFacts, { url, property, route, error }: { url: URL; property: string; route: Route; error: unknown }): Promise<readonly Finding[]> {
  const { errors, through, httpClient, because } = await lookBeyond(given, url, error);
  const how = `. Seen ${through === undefined ? 'past that' : `through ${through}, which leads to the same address`}`;
  const findings: Finding[] = [];
  for (const each of errors) findings.push(await unreachable(given, route, { url, property, error: each, how }));
  if (httpClient === undefined) {
    hide(facts, url, because ?? '');
    return findings;
  }
  facts.beyond = httpClient;
  // Who answers for an address space is nobody whose answers are known.
  if (route.noun === 'AvailabilityAddressSpace') return findings;
  try {
    const answer = await firstAnswer({ ...given, httpClient }, url);
    for (const finding of await judged(given, facts, { answer, url, property, route })) findings.push({ ...finding, proof: `${finding.proof.replace(/\.$/, '')}${how}.` });
  } catch (refused) {
    findings.push(await unreachable(given, route, { url, property, error: refused, how }));
    hide(facts, url, 'it does not answer');
  }
  return findings;
}

/** Where a repair names another endpoint, that one is what the later probes look at. */
async function afterRepair(given: FreeBusyCase, facts: FreeBusyFacts, { findings, property, route }: { findings: readonly Finding[]; property: string; route: Route }): Promise<readonly Finding[]> {
  const named = findings.flatMap(({ repair }) => repair).map(({ parameters }) => parameters['TargetSharingEpr']);
  const url = URL.parse(named.find((each) => typeof each === 'string') ?? '');
  const answer = url === null ? undefined : await firstAnswer(given, url).catch(() => undefined);
  if (url === null || answer === undefined) return [];
  facts.endpoint = url;
  unhide(facts);
  return (await judged(given, facts, { answer, url, property, route })).filter(({ cause }) => findings.every((known) => known.cause !== cause));
}

/** Where another object is meant for the domain, its endpoint is looked at, too. */
async function asMeant(given: FreeBusyCase, facts: FreeBusyFacts, findings: readonly Finding[]): Promise<readonly Finding[]> {
  const { route } = facts;
  const meant = findings.find(({ cause }) => cause === 'fb5-domain')?.repair.at(-1)?.parameters['Identity'];
  const object = route === undefined || meant === undefined ? undefined : (await given.sessions[given.askingSide]?.invoke(`Get-${route.noun}`))?.find((each) => text(each, 'Name') === meant);
  if (route === undefined || object === undefined) return [];
  const decides = { ...route, object };
  const property = endpointProperty(decides);
  const url = URL.parse(text(object, property));
  const answer = url === null ? undefined : await firstAnswer(given, url).catch(() => undefined);
  if (url === null || answer === undefined) return [];
  facts.route = decides;
  facts.endpoint = url;
  unhide(facts);
  return (await judged(given, facts, { answer, url, property, route: decides })).filter(({ cause }) => cause !== 'fb5-domain');
}

async function judged(given: FreeBusyCase, facts: FreeBusyFacts, seen: JudgedAnswer): Promise<Finding[]> {
  const { answer, url } = seen;
  facts.answer = answer;
  const finding = await judgeAnswer(given, seen);
  if (!answer.isExchange && seen.route.noun !== 'AvailabilityAddressSpace') hide(facts, url, `what answers there (${answer.status}) is not Exchange`);
  if (answer.isExchange && answer.status === 401 && answer.challenges.length === 0) facts.hidden = [...(facts.hidden ?? []), 'under which host, and whether by TLS, requests reach the server, because it offers no sign-in that would tell'];
  return finding === undefined ? [] : [finding];
}

/** What was hidden at an endpoint that is no longer the one. */
function unhide(facts: FreeBusyFacts): void {
  const of = facts.hiddenBecause;
  if (of !== undefined) facts.hidden = (facts.hidden ?? []).filter((each) => !each.endsWith(`because ${of}`));
  delete facts.hiddenBecause;
}

function hide(facts: FreeBusyFacts, url: URL, because: string): void {
  facts.hiddenBecause = because;
  facts.hidden = [...(facts.hidden ?? []), `what is behind ${url.host}, because ${because}`];
}

/** TargetSharingEpr is asked itself; without it Autodiscover is. */
export function endpointProperty({ object, noun }: Route): string {
  if (text(object, 'TargetSharingEpr') !== '') return 'TargetSharingEpr';
  if (noun === 'IntraOrganizationConnector') return 'DiscoveryEndpoint';
  return noun === 'AvailabilityAddressSpace' && text(object, 'TargetAutodiscoverEpr') === '' ? 'ProxyUrl' : 'TargetAutodiscoverEpr';
}

async function unreachable(given: FreeBusyCase, route: Route, { url, property, error, how = '' }: { url: URL; property: string; error: unknown; how?: string }): Promise<Finding> {
  const code = errorCode(error) ?? '';
  const proof = `${url.host} from ${property} of "${text(route.object, 'Name')}": ${connectionText(error)}`;
  const seen = (cause: string, more = ''): Finding => ({ cause, proof: `${proof}${more}${how}`, repair: [], undo: [] });
  const isAddressSpace = route.noun === 'AvailabilityAddressSpace';
  if (code === 'ENOTFOUND') {
    const hosts = (await publishedEndpoints(given)).map((each) => URL.parse(each)?.host);
    if (hosts.includes(url.host)) return seen('fb29-dns-record', '. The other side is published under this very name.');
    const other = property === 'TargetSharingEpr' ? await otherEndpoint(given, route) : undefined;
    return { cause: 'fb29-wrong-endpoint', proof, ...(other === undefined ? { repair: [], undo: [] } : setting(given.askingSide, route.noun, route.object, { TargetSharingEpr: other })) };
  }
  if (code === 'ECONNREFUSED') return seen('fb4-nothing-listens');
  if (code === 'CERT_HAS_EXPIRED') return seen('fb32-certificate-expired');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return seen('fb32-certificate-name');
  if (/CERT|SIGNATURE|ISSUER/.test(code)) return seen('fb32-untrusted-root');
  if (/HANDSHAKE_FAILURE|NO_SHARED_CIPHER/.test(code)) return seen(isAddressSpace ? 'fb8-tls-version' : 'fb32-ciphers');
  if (/^(?:ERR_TLS|ERR_SSL|EPROTO)/.test(code)) return seen(isAddressSpace ? 'fb8-tls-version' : 'fb32-tls12-off');
  const kind = noAnswer(error);
  if (kind === 'closed') return seen(isAddressSpace ? 'fb8-firewall' : 'fb7-firewall');
  if (kind === 'no HTTP') return seen('fb27-device-page', '. What comes back is no HTTP.');
  const isSilent = kind === 'silent';
  if (isSilent || given.askingSide === 'OnPremises') return seen('fb22-outbound-blocked', isSilent ? '. The connection was made, and nothing came back.' : '');
  return seen('fb4-firewall');
}
