import { request } from 'undici';
import { errorCode, errorText } from '../../../foundation/index.ts';
import { answeringSide, fail, pass, setting, skipped, text } from '../free-busy-case.ts';
import type { Finding, FreeBusyCase, FreeBusyFacts, FreeBusyProbe, Route } from '../free-busy-case.ts';

const timeoutMs = 15_000;
/** A delegation token is good for five minutes before and after (Exchange's own limit). */
const clockToleranceMs = 5 * 60_000;

interface Answer {
  status: number;
  type: string;
  location: string;
  /** By the answering server's clock, against ours. */
  skewMs: number | undefined;
}

/** Name, connection, TLS and the first answer of the endpoint, as a stranger gets them. */
export const endpoint: FreeBusyProbe = {
  id: 'endpoint',
  title: 'endpoint: DNS, connection, TLS, first answer',
  async run(given, facts) {
    const { route } = facts;
    if (route === undefined) return skipped('no connector or relationship decides');
    const sharing = text(route.object, 'TargetSharingEpr');
    const url = URL.parse(sharing === '' ? text(route.object, route.trust === 'OAuth' ? 'DiscoveryEndpoint' : 'TargetAutodiscoverEpr') : sharing);
    const property = sharing === '' ? (route.trust === 'OAuth' ? 'DiscoveryEndpoint' : 'TargetAutodiscoverEpr') : 'TargetSharingEpr';
    if (url === null) return fail('there is no endpoint', { cause: 'fb29-wrong-endpoint', proof: `"${text(route.object, 'Name')}" has neither TargetSharingEpr nor an address of Autodiscover.`, repair: [], undo: [] });
    facts.endpoint = url;
    try {
      const answer = await ask(given, url);
      return await judge(given, facts, answer, property);
    } catch (error) {
      return fail(`${url.host}: ${errorText(error)}`, await unreachable(given, route, { url, property, error }));
    }
  },
};

async function ask({ httpClient, clock }: FreeBusyCase, url: URL): Promise<Answer> {
  const response = await request(url, { dispatcher: httpClient, method: 'GET', headers: { authorization: 'Bearer', 'user-agent': 'Hybridge doctor' }, headersTimeout: timeoutMs, signal: AbortSignal.timeout(timeoutMs) });
  response.body.on('error', () => undefined);
  response.body.destroy();
  const header = (name: string): string => String(response.headers[name] ?? '');
  const date = Date.parse(header('date'));
  return { status: response.statusCode, type: header('content-type'), location: header('location'), skewMs: Number.isNaN(date) ? undefined : date - clock.now() };
}

async function judge(given: FreeBusyCase, facts: FreeBusyFacts, { status, type, location, skewMs }: Answer, property: string): Promise<ReturnType<typeof pass>> {
  const host = facts.endpoint?.host ?? '';
  const seen = (cause: string, proof: string): Finding => ({ cause, proof, repair: [], undo: [] });
  if (status >= 300 && status < 400) return fail(`${host} redirects to ${location}`, seen('fb31-target-sharing-epr', `GET ${facts.endpoint?.href ?? ''} (${property}) answers ${status} with Location ${location}.`));
  if (status === 503 || status === 504 || status === 502) return fail(`${host} answers ${status}`, seen('m35-agent-down', `GET ${facts.endpoint?.href ?? ''} answers ${status}: nothing stands behind the published address.`));
  if (status === 404) {
    const other = facts.route === undefined ? undefined : await otherEndpoint(given, facts.route);
    const finding = seen('fb5-endpoint', `GET ${facts.endpoint?.href ?? ''} (${property}) answers 404.`);
    return fail(`${host} answers 404`, other === undefined || facts.route === undefined ? finding : { ...finding, ...setting(given.askingSide, facts.route.noun, facts.route.object, { TargetSharingEpr: other }) });
  }
  if (status === 403) return fail(`${host} answers 403`, seen('fb13-path-rule', `GET ${facts.endpoint?.href ?? ''} answers 403 before anybody signed in.`));
  if (status === 200 && type.includes('html')) return fail(`${host} answers with a page`, seen('fb27-device-page', `GET ${facts.endpoint?.href ?? ''} without credentials answers 200 with ${type}.`));
  if (skewMs !== undefined && Math.abs(skewMs) > clockToleranceMs && facts.route?.trust === 'DAuth') {
    return fail(`the clock of ${host} is ${Math.round(Math.abs(skewMs) / 60_000)} minutes ${skewMs > 0 ? 'fast' : 'slow'}`, seen('fb3-clock', `The Date of an answer of ${host} differs from ours by ${Math.round(skewMs / 1000)} s; tokens bear no more than 300 s.`));
  }
  return pass(`${host} answers ${status}`);
}

async function unreachable(given: FreeBusyCase, route: Route, { url, property, error }: { url: URL; property: string; error: unknown }): Promise<Finding> {
  const code = errorCode(error) ?? '';
  const proof = `${url.host} from ${property} of "${text(route.object, 'Name')}": ${errorText(error)}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const other = property === 'TargetSharingEpr' ? await otherEndpoint(given, route) : undefined;
    return { cause: 'fb29-wrong-endpoint', proof, ...(other === undefined ? { repair: [], undo: [] } : setting(given.askingSide, route.noun, route.object, { TargetSharingEpr: other })) };
  }
  if (code === 'ECONNREFUSED') return { cause: 'fb4-nothing-listens', proof, repair: [], undo: [] };
  if (/^(?:ERR_TLS|ERR_SSL|EPROTO)/.test(code)) return { cause: 'fb32-tls12-off', proof, repair: [], undo: [] };
  if (/CERT|SIGNATURE|ISSUER/.test(code)) return { cause: 'fb32-untrusted-root', proof, repair: [], undo: [] };
  if (code === 'ECONNRESET') return { cause: 'fb7-firewall', proof, repair: [], undo: [] };
  return { cause: 'fb4-firewall', proof, repair: [], undo: [] };
}

/** An address that answers: what the application at the relay is called, or what other objects and the responder say. */
async function otherEndpoint(given: FreeBusyCase, route: Route): Promise<string | undefined> {
  const asked = async (place: keyof FreeBusyCase['sessions'], cmdlet: string): Promise<readonly Record<string, unknown>[]> => (await given.sessions[place]?.invoke(cmdlet).catch(() => [])) ?? [];
  const published = (await asked('Relay', 'Get-HybridApplication')).flatMap((application) => {
    const base = URL.parse(text(application, 'externalUrl') || text(application, 'ExternalUrl'));
    return base === null ? [] : [new URL('/EWS/Exchange.asmx', base).href];
  });
  const others = [...(await asked(given.askingSide, 'Get-OrganizationRelationship')), ...(await asked(given.askingSide, 'Get-IntraOrganizationConnector'))].map((each) => text(each, 'TargetSharingEpr'));
  const own = (await asked(answeringSide(given), 'Get-WebServicesVirtualDirectory')).map((each) => text(each, 'ExternalUrl'));
  for (const candidate of new Set([...others, ...published, ...own])) {
    const url = URL.parse(candidate);
    if (url === null || candidate === text(route.object, 'TargetSharingEpr')) continue;
    const answer = await ask(given, url).catch(() => undefined);
    if (answer?.status === 401) return candidate;
  }
  return undefined;
}
