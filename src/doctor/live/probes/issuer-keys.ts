import { errorText } from '../../../foundation/index.ts';
import { request } from 'undici';
import { answeringSide, notOver } from '../free-busy-case.ts';
import { fetchAuthMetadata, readCertificate } from '../../../identity/index.ts';
import { recognizeFailures } from '../../recognition/recognize-failures.ts';
import { fail, pass, sessionOf, skipped, text, texts } from '../probe.ts';
import type { FreeBusyCase, FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

const timeoutMs = 10_000;

/** Servers on premises read the keys of those who issue tokens from their metadata. */
export const issuerKeys: FreeBusyProbe = {
  id: 'issuer-keys',
  title: 'metadata of the token issuers',
  async run(given, facts) {
    const { route, lookup } = facts;
    if (route?.trust !== 'OAuth') return skipped(notOver('OAuth', route));
    if (answeringSide(given) !== 'OnPremises') return skipped('Exchange Online keeps this by itself');
    const servers = (await sessionOf(given, 'OnPremises').invoke('Get-AuthServer')).filter((each) => each['Enabled'] === true && text(each, 'AuthMetadataUrl') !== '');
    const findings: Finding[] = [];
    const isRefused = lookup?.ok === false && recognizeFailures(lookup.text).some(({ failure }) => failure.id === 'FB25');
    for (const server of servers) {
      const unread = await readingProblem(given, text(server, 'AuthMetadataUrl'));
      // Lookups bear tokens of ACS; the keys of who signs people in may be behind without harm.
      const stale = unread !== undefined || lookup?.ok !== false || text(server, 'Type') !== 'MicrosoftACS' ? undefined : await staleKeys(given, server);
      if (unread !== undefined) findings.push(await metadataUrl(given, server, unread));
      if (stale !== undefined && isRefused) findings.push(stale);
      else if (stale !== undefined) facts.hidden = [...(facts.hidden ?? []), `whether the server reads the keys of "${text(server, 'Name')}" that it does not have yet when it needs them, because no token has come to it`];
    }
    if (findings.length > 0) return fail(findings.map(({ proof }) => proof).join(' '), ...findings);
    return pass(servers.map((server) => text(server, 'Name')).join(', '));
  },
};

/** Servers that read keys anew by themselves are behind without harm: only a refused lookup makes this a cause. */
async function staleKeys({ httpClient }: FreeBusyCase, server: Record<string, unknown>): Promise<Finding | undefined> {
  const url = text(server, 'AuthMetadataUrl');
  const { certificates } = await fetchAuthMetadata(url, httpClient);
  const kept = texts(server, 'CertificateStrings');
  const missing = certificates.filter((each) => !kept.includes(each));
  if (missing.length === 0) return undefined;
  const names = missing.map((each) => readCertificate(each).thumbprint).join(', ');
  return { cause: 'fb25-stale-keys', proof: `"${text(server, 'Name')}" keeps ${kept.length} certificates of its issuer; ${url} publishes ${certificates.length}, among them ${names}, which ${missing.length === 1 ? 'is' : 'are'} not kept.`, repair: [{ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: text(server, 'Name'), RefreshAuthMetadata: true } }], undo: [], noUndo: 'It keeps what the issuer publishes now, as it would have read by itself within a day.' };
}

async function readingProblem({ httpClient }: FreeBusyCase, url: string): Promise<string | undefined> {
  try {
    const response = await request(url, { dispatcher: httpClient, reset: true, signal: AbortSignal.timeout(timeoutMs) });
    await response.body.dump();
    return response.statusCode === 200 ? undefined : `status ${response.statusCode}`;
  } catch (error) {
    return errorText(error);
  }
}

/** The issuer publishes its metadata beside its token endpoint. */
async function metadataUrl(given: FreeBusyCase, server: Record<string, unknown>, unread: string): Promise<Finding> {
  const former = text(server, 'AuthMetadataUrl');
  const issuing = URL.parse(text(server, 'TokenIssuingEndpoint'));
  const path = URL.parse(former)?.pathname ?? '';
  const other = issuing === null ? undefined : new URL(path, issuing).href;
  const isBetter = other !== undefined && other !== former && (await readingProblem(given, other)) === undefined;
  const set = (AuthMetadataUrl: string): Finding['repair'] => [{ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: text(server, 'Name'), AuthMetadataUrl } }];
  return { cause: 'fb25-metadata-url', proof: `AuthMetadataUrl of "${text(server, 'Name')}" is ${former}: ${unread}.`, repair: isBetter ? set(other) : [], undo: [], noUndo: `AuthMetadataUrl was ${former}. Set-AuthServer reads an address before it takes it, and nobody answers there.` };
}
