import { readCertificate, readServedCertificate } from '../../../../identity/index.ts';
import { fail, pass, skipped } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** By the reason of the TLS library; any other is one of the chain. */
const certificateCauses: Readonly<Record<string, string>> = { CERT_HAS_EXPIRED: 'fb32-certificate-expired', ERR_TLS_CERT_ALTNAME_INVALID: 'fb32-certificate-name' };

/** What a caller that trusts the usual authorities thinks of the certificate. */
export const tlsChain: PathProbe = {
  id: 'tls-chain',
  title: 'TLS: certificate and chain',
  async run({ dial, ca }, facts) {
    const { url, unreachable } = facts;
    if (url === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    const { certificate, isTrusted, reason = '' } = await readServedCertificate({ dial, host: url.hostname, port: Number(url.port) || 443, ca });
    const { subject, notAfter } = readCertificate(certificate);
    const until = new Date(notAfter).toISOString().slice(0, 10);
    if (isTrusted) return pass(`${subject}, until ${until}`);
    facts.unreachable = 'its certificate is not trusted';
    return fail(`${subject}: ${reason}`, { cause: certificateCauses[reason] ?? 'fb32-untrusted-root', proof: `The certificate of ${url.host} (${subject}, until ${until}) is refused: ${reason}.`, repair: [], undo: [] });
  },
};
