import type { CertificateEntry, CertificateProblem } from './certificate-entry.ts';
import { readTimes, unknownTimes } from './certificate-store.ts';
import type { SourceView, TlsEndpoint } from './certificate-sources.ts';

/** What the TLS servers show, side by side: one that is slow to fail does not hold up the rest. */
export async function tlsEntries(view: SourceView): Promise<CertificateEntry[]> {
  const entries = await Promise.all(view.sources.tls.map((endpoint) => tlsEntry(view, endpoint)));
  return entries.flatMap((entry) => entry ?? []);
}

async function tlsEntry({ sources, attempt }: SourceView, { title, host, port, renewal }: TlsEndpoint): Promise<CertificateEntry | undefined> {
  const address = `${host}:${port}`;
  const served = await attempt(address, () => sources.readServedCertificate(host, port));
  if (served === undefined) return undefined;
  const problems: CertificateProblem[] = served.isTrusted
    ? []
    : [{ severity: served.reason === 'CERT_HAS_EXPIRED' ? 'critical' : 'warning', text: `A client does not accept it: ${served.reason ?? 'not trusted'}.`, remedy: remedyOf(served.reason) }];
  return {
    ...(readTimes(served.certificate) ?? unknownTimes),
    id: `tls-${address}`,
    title: `TLS, ${title}`,
    uses: [`${address}: shown to every client`],
    counterpart: served.isTrusted ? { state: 'same', detail: 'client: accepts it' } : { state: 'different', detail: `client: ${served.reason ?? 'not trusted'}` },
    role: 'current',
    renewal,
    problems,
  };
}

function remedyOf(reason: string | undefined): string {
  if (reason === 'CERT_HAS_EXPIRED') return 'Replace the certificate.';
  if (reason === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'Ask under a name that the certificate holds, or replace it by one for this name.';
  return 'Name its authority (--ca), or let the server send the certificates between its own and the root.';
}
