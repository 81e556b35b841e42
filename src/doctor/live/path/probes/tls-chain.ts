import { readCertificate, readServedCertificate } from '../../../../identity/index.ts';
import { fail, pass, skipped } from '../../probe.ts';
import { certificateCauses, pastHandshake } from '../past-handshake.ts';
import type { PathProbe } from '../path-case.ts';

/** What a caller that trusts the usual authorities thinks of the certificate. */
export const tlsChain: PathProbe = {
  id: 'tls-chain',
  title: 'TLS: certificate and chain',
  async run(given, facts) {
    const { dial, ca } = given;
    const { url, unreachable } = facts;
    if (url === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    if (facts.beyond !== undefined) return skipped('the probe before has seen it');
    const { certificate, isTrusted, reason = '' } = await readServedCertificate({ dial, host: url.hostname, port: Number(url.port) || 443, ca });
    const { subject, notAfter } = readCertificate(certificate);
    const until = new Date(notAfter).toISOString().slice(0, 10);
    if (isTrusted) return pass(`${subject}, until ${until}`);
    const cause = certificateCauses[reason] ?? 'fb32-untrusted-root';
    const more = (await pastHandshake(given, facts, url, Object.assign(new Error(reason), { code: reason }))).filter((each) => each.cause !== cause);
    if (facts.beyond === undefined) facts.unreachable = 'its certificate is not trusted';
    return fail(`${subject}: ${reason}`, { cause, proof: `The certificate of ${url.host} (${subject}, until ${until}) is refused: ${reason}.`, repair: [], undo: [] }, ...more);
  },
};
