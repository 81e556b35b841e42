import { randomUUID } from 'node:crypto';
import type { CmdletInvocation } from '../../management/index.ts';

/** Makes a certificate for the federation trust, which has to have a subject key identifier (published requirements); Exchange gives none of itself. */
export function newFederationCertificate(): CmdletInvocation {
  return {
    session: 'OnPremises',
    cmdlet: 'New-ExchangeCertificate',
    parameters: { SubjectName: 'CN=Federation', FriendlyName: 'Exchange Delegation Federation', DomainName: ['Federation'], SubjectKeyIdentifier: randomUUID().replaceAll('-', ''), KeySize: 2048, PrivateKeyExportable: true, Services: ['Federation'] },
  };
}
