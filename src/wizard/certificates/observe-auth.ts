import { exchangeOnlineAppId } from '../exchange-online.ts';
import type { Observed } from '../observed.ts';
import { isTrue, textOf } from '../observed.ts';
import type { CertificateTimes } from './certificate-store.ts';
import { readTimes, storedCertificate, timeOf } from './certificate-store.ts';
import type { SourceView } from './certificate-sources.ts';

export const authCertificateSubject = 'CN=Microsoft Exchange Server Auth Certificate';

/** A key credential of an application in the tenant. */
export interface TenantCredential {
  applicationId: string;
  keyId: string;
  thumbprint: string;
  subject: string | null;
  notBefore: number | null;
  /** The earlier of the certificate's own end and the credential's. */
  notAfter: number;
}

/** All that concerns the Auth certificate, on premises and in the tenant. Thumbprints are empty where none is set. */
export interface AuthObservation {
  current: string;
  previous: string;
  next: string;
  effectiveAt: number | null;
  /** When AuthConfig was last changed. */
  changedAt: number | null;
  /** The certificate store, by thumbprint. */
  store: ReadonlyMap<string, CertificateTimes & { hasPrivateKey: boolean }>;
  /** Application ids under which the organisation asks for tokens: Exchange's shared principal, and the dedicated one. */
  applications: readonly string[];
  /** Undefined where the tenant could not be asked. */
  credentials: readonly TenantCredential[] | undefined;
}

/** Undefined where the organisation could not be asked. */
export async function observeAuth({ ask }: Pick<SourceView, 'ask'>): Promise<AuthObservation | undefined> {
  const config = (await ask('OnPremises', 'Get-AuthConfig'))?.[0];
  const certificates = await ask('OnPremises', 'Get-ExchangeCertificate');
  if (config === undefined || certificates === undefined) return undefined;
  const applications = applicationsOf(textOf(config, 'ServiceName'), (await ask('OnPremises', 'Get-AuthServer')) ?? []);
  const store = new Map(certificates.map(storedCertificate).map((certificate) => [certificate.thumbprint ?? '', certificate]));
  const slot = (name: string): string => textOf(config, `${name}CertificateThumbprint`).toUpperCase();
  return {
    current: slot('Current'),
    previous: slot('Previous'),
    next: slot('Next'),
    effectiveAt: timeOf(config, 'NextCertificateEffectiveDate'),
    changedAt: timeOf(config, 'WhenChangedUTC') ?? timeOf(config, 'WhenChanged'),
    store,
    applications,
    credentials: await credentialsOf(ask, applications),
  };
}

function applicationsOf(serviceName: string, authServers: readonly Observed[]): string[] {
  const dedicated = authServers.filter((server) => isTrue(server, 'Enabled')).map((server) => textOf(server, 'ApplicationIdentifier').toLowerCase());
  return [...new Set([serviceName === '' ? exchangeOnlineAppId : serviceName, ...dedicated].filter((id) => id !== ''))];
}

async function credentialsOf(ask: SourceView['ask'], applications: readonly string[]): Promise<readonly TenantCredential[] | undefined> {
  const credentials: TenantCredential[] = [];
  for (const applicationId of applications) {
    const rows = await ask('Tenant', 'Get-MsolServicePrincipalCredential', { AppPrincipalId: applicationId, ReturnKeyValues: true });
    if (rows === undefined) return undefined;
    for (const row of rows) {
      const certificate = textOf(row, 'Type') === 'Asymmetric' ? readTimes(textOf(row, 'Value')) : undefined;
      if (certificate === undefined) continue;
      const { subject, thumbprint, notBefore } = certificate;
      const notAfter = Math.min(certificate.notAfter, timeOf(row, 'EndDate') ?? certificate.notAfter);
      credentials.push({ applicationId, keyId: textOf(row, 'KeyId'), thumbprint, subject, notBefore, notAfter });
    }
  }
  return credentials;
}
