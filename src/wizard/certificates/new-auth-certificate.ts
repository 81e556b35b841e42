import type { CmdletInvocation } from '../../management/index.ts';
import { authCertificateSubject } from './observe-auth.ts';

/** Makes an Auth certificate. It needs no host name; without the empty list it would have the server's. */
export function newAuthCertificate(): CmdletInvocation {
  return { session: 'OnPremises', cmdlet: 'New-ExchangeCertificate', parameters: { SubjectName: authCertificateSubject, FriendlyName: authCertificateSubject.slice(3), DomainName: [], KeySize: 2048, PrivateKeyExportable: true } };
}
