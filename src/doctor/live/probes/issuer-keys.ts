import { errorText } from '../../../foundation/index.ts';
import { request } from 'undici';
import { answeringSide } from '../free-busy-case.ts';
import { fail, pass, sessionOf, skipped, text } from '../probe.ts';
import type { FreeBusyCase, FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

const timeoutMs = 10_000;

/** Servers on premises read the keys of those who issue tokens from their metadata. */
export const issuerKeys: FreeBusyProbe = {
  id: 'issuer-keys',
  title: 'metadata of the token issuers',
  async run(given, { route }) {
    if (route?.trust !== 'OAuth') return skipped('the lookup does not go over OAuth');
    if (answeringSide(given) !== 'OnPremises') return skipped('Exchange Online keeps this by itself');
    const servers = (await sessionOf(given, 'OnPremises').invoke('Get-AuthServer')).filter((each) => each['Enabled'] === true && text(each, 'AuthMetadataUrl') !== '');
    const findings: Finding[] = [];
    for (const server of servers) {
      const unread = await readingProblem(given, text(server, 'AuthMetadataUrl'));
      if (unread !== undefined) findings.push(await metadataUrl(given, server, unread));
    }
    if (findings.length > 0) return fail(findings.map(({ proof }) => proof).join(' '), ...findings);
    return pass(servers.map((server) => text(server, 'Name')).join(', '));
  },
};

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
  return { cause: 'fb25-metadata-url', proof: `AuthMetadataUrl of "${text(server, 'Name')}" is ${former}: ${unread}.`, repair: isBetter ? set(other) : [], undo: [] };
}
