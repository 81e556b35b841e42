import { errorCode } from '../../../foundation/index.ts';
import { connectionText } from '../connection-text.ts';
import { otherEndpoint, publishedEndpoints } from '../endpoints-elsewhere.ts';
import { firstAnswer } from '../first-answer.ts';
import { isOwnNetwork, noAnswer } from '../no-answer.ts';
import { fail, pass, setting, skipped, text } from '../probe.ts';
import type { FreeBusyCase, FreeBusyProbe, Route } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';
import { judgeAnswer } from '../judge-answer.ts';

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
    try {
      const answer = await firstAnswer(given, url);
      facts.answer = answer;
      facts.isConnected = true;
      const finding = await judgeAnswer(given, { answer, url, property, route });
      return finding === undefined ? pass(`${url.host} answers ${answer.status}`) : fail(`${url.host} answers ${answer.status}`, finding);
    } catch (error) {
      facts.isConnected = /^(?:ERR_TLS|ERR_SSL|EPROTO)|CERT|SIGNATURE|ISSUER/.test(errorCode(error) ?? '');
      if (isOwnNetwork(error)) return fail(`this machine has no way to ${url.host} (${connectionText(error)}): nothing is known of it`);
      return fail(`${url.host}: ${connectionText(error)}`, await unreachable(given, route, { url, property, error }));
    }
  },
};

/** TargetSharingEpr is asked itself; without it Autodiscover is. */
function endpointProperty({ object, noun }: Route): string {
  if (text(object, 'TargetSharingEpr') !== '') return 'TargetSharingEpr';
  if (noun === 'IntraOrganizationConnector') return 'DiscoveryEndpoint';
  return noun === 'AvailabilityAddressSpace' && text(object, 'TargetAutodiscoverEpr') === '' ? 'ProxyUrl' : 'TargetAutodiscoverEpr';
}

async function unreachable(given: FreeBusyCase, route: Route, { url, property, error }: { url: URL; property: string; error: unknown }): Promise<Finding> {
  const code = errorCode(error) ?? '';
  const proof = `${url.host} from ${property} of "${text(route.object, 'Name')}": ${connectionText(error)}`;
  const seen = (cause: string, more = ''): Finding => ({ cause, proof: `${proof}${more}`, repair: [], undo: [] });
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
