import type { Organization } from '../organization/index.ts';
import { certificateBase64, certificateX5t } from '../identity/index.ts';

/**
 * The organisation's own metadata document, at `/metadata/json/1` and `/autodiscover/metadata/json/1`, for who verifies
 * what its Auth certificate signed: the current certificate, the next one ahead of its day, and the previous one until it
 * is cleared. Member names as in the token service's document of the same shape; what Exchange's own says beside the keys
 * is *unverified*.
 */
export async function serverMetadata({ configuration }: Organization, host: string): Promise<unknown> {
  const { CurrentCertificateThumbprint, NextCertificateThumbprint, PreviousCertificateThumbprint, ServiceName, Realm } = (await configuration.singleton('AuthConfig')).properties;
  const keys: unknown[] = [];
  for (const thumbprint of new Set([CurrentCertificateThumbprint, NextCertificateThumbprint, PreviousCertificateThumbprint])) {
    const certificate = thumbprint === null ? undefined : (await configuration.get('ExchangeCertificate', thumbprint))?.properties.Certificate;
    if (certificate === undefined) continue;
    keys.push({ usage: 'signing', keyinfo: { x5t: certificateX5t(certificate) }, keyvalue: { type: 'x509Certificate', value: certificateBase64(certificate) } });
  }
  const domain = Realm ?? (await configuration.list('AcceptedDomain')).find(({ properties }) => properties.Default)?.properties.DomainName ?? '';
  const issuer = `${ServiceName}@${domain}`;
  return {
    id: issuer,
    version: '1.0',
    name: 'Exchange',
    realm: domain,
    serviceName: ServiceName,
    issuer,
    allowedAudiences: [issuer],
    keys,
    endpoints: [{ location: `https://${host}/autodiscover/metadata/json/1`, protocol: 'OAuth2', usage: 'metadata' }],
  };
}
