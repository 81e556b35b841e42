import { connectionText } from '../connection-text.ts';
import { lookBeyond } from '../look-beyond.ts';
import type { Finding } from '../probe.ts';
import { errorCode } from '../../../foundation/index.ts';
import type { PathCase, PathFacts } from './path-case.ts';

/** By the reason of the TLS library; any other is one of the chain. */
export const certificateCauses: Readonly<Record<string, string>> = { CERT_HAS_EXPIRED: 'fb32-certificate-expired', ERR_TLS_CERT_ALTNAME_INVALID: 'fb32-certificate-name' };

/** What else is wrong with the certificate of an endpoint whose handshake is refused; and the way for later probes to go on. */
export async function pastHandshake({ sessions, dial, ca, clock }: PathCase, facts: PathFacts, url: URL, error: unknown): Promise<readonly Finding[]> {
  const { errors, httpClient } = await lookBeyond({ sessions, network: { dial, ca }, clock }, url, error);
  if (httpClient === undefined) return [];
  facts.beyond = httpClient;
  const ofCertificate = errors.filter((each) => !/^(?:ERR_TLS_(?!CERT)|ERR_SSL|EPROTO)/.test(errorCode(each) ?? ''));
  return ofCertificate.map((each) => ({ cause: certificateCauses[errorCode(each) ?? ''] ?? 'fb32-untrusted-root', proof: `${url.host}: ${connectionText(each)}.`, repair: [], undo: [] }));
}
