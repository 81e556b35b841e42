import { exchangeOnlineAppId, keyCredential } from '../exchange-online.ts';
import type { KeyCredential } from '../exchange-online.ts';
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

/** What `Update-Mg…` changes: Exchange's principal, or the dedicated application, with all its certificates. */
export interface TenantApplication {
  applicationId: string;
  noun: 'ServicePrincipal' | 'Application';
  /** Id of the object. */
  id: string;
  keys: readonly (KeyCredential & { KeyId: string })[];
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
  /** Those of `applications` that the tenant has. */
  inTenant: readonly TenantApplication[];
  /** Whether the organisation asks for server-to-server tokens. Without a connector it does not (free/busy over delegated federation), and the tenant need not know the certificate. */
  asksForTokens: boolean;
}

/** Undefined where the organisation could not be asked. */
export async function observeAuth({ ask }: Pick<SourceView, 'ask'>): Promise<AuthObservation | undefined> {
  const config = (await ask('OnPremises', 'Get-AuthConfig'))?.[0];
  const certificates = await ask('OnPremises', 'Get-ExchangeCertificate');
  if (config === undefined || certificates === undefined) return undefined;
  const applications = applicationsOf(textOf(config, 'ServiceName'), (await ask('OnPremises', 'Get-AuthServer')) ?? []);
  const inTenant = await applicationsInTenant(ask, applications);
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
    credentials: inTenant?.flatMap(({ credentials }) => credentials),
    inTenant: (inTenant ?? []).map(({ application }) => application),
    asksForTokens: (await ask('OnPremises', 'Get-IntraOrganizationConnector'))?.length !== 0,
  };
}

function applicationsOf(serviceName: string, authServers: readonly Observed[]): string[] {
  const dedicated = authServers.filter((server) => isTrue(server, 'Enabled')).map((server) => textOf(server, 'ApplicationIdentifier').toLowerCase());
  return [...new Set([serviceName === '' ? exchangeOnlineAppId : serviceName, ...dedicated].filter((id) => id !== ''))];
}

/** Undefined where the tenant could not be asked. */
async function applicationsInTenant(ask: SourceView['ask'], applications: readonly string[]): Promise<readonly { application: TenantApplication; credentials: readonly TenantCredential[] }[] | undefined> {
  const known: { application: TenantApplication; credentials: readonly TenantCredential[] }[] = [];
  for (const applicationId of applications) {
    const noun = applicationId === exchangeOnlineAppId ? 'ServicePrincipal' : 'Application';
    const rows = await ask('Tenant', `Get-Mg${noun}`, { Filter: `appId eq '${applicationId}'`, Property: ['Id', 'AppId', 'DisplayName', 'KeyCredentials'] });
    if (rows === undefined) return undefined;
    for (const row of rows) {
      const listed = Array.isArray(row['KeyCredentials']) ? (row['KeyCredentials'] as Observed[]) : [];
      const keys = listed.map((one) => ({ ...keyCredential(textOf(one, 'Key')), KeyId: textOf(one, 'KeyId') }));
      known.push({ application: { applicationId, noun, id: textOf(row, 'Id'), keys }, credentials: listed.flatMap((one) => credentialOf(applicationId, one) ?? []) });
    }
  }
  return known;
}

function credentialOf(applicationId: string, one: Observed): TenantCredential | undefined {
  const certificate = readTimes(textOf(one, 'Key'));
  if (certificate === undefined) return undefined;
  const { subject, thumbprint, notBefore } = certificate;
  return { applicationId, keyId: textOf(one, 'KeyId'), thumbprint, subject, notBefore, notAfter: Math.min(certificate.notAfter, timeOf(one, 'EndDateTime') ?? certificate.notAfter) };
}
