import type { Clock, Log } from '../foundation/index.ts';
import { certificatePem } from '../identity/index.ts';
import type { CertificateWithKey } from '../identity/index.ts';
import type { Organization } from '../organization/index.ts';

/**
 * The certificate that signs now, after the next one has taken over where its day has come: it becomes the current one,
 * and the current one the previous (Set-AuthConfig, NewCertificateEffectiveDate). A next certificate that is not in the
 * store with its key takes nothing over. Undefined where there is no certificate, or none with its key.
 */
export async function currentAuthCertificate(organization: Organization, clock: Clock, log: Log): Promise<CertificateWithKey | undefined> {
  await rollOver(organization, clock, log);
  const thumbprint = (await organization.configuration.singleton('AuthConfig')).properties.CurrentCertificateThumbprint;
  return thumbprint === null ? undefined : usable(organization, thumbprint);
}

async function rollOver(organization: Organization, clock: Clock, log: Log): Promise<void> {
  const { configuration } = organization;
  const { name, properties } = await configuration.singleton('AuthConfig');
  const { CurrentCertificateThumbprint: current, NextCertificateThumbprint: next, NextCertificateEffectiveDate: effective } = properties;
  if (next === null || effective === null || clock.now() < Date.parse(effective)) return;
  if ((await usable(organization, next)) === undefined) return log.warn({ thumbprint: next }, 'the next Auth certificate is due but not in the certificate store with its key');
  await configuration.update('AuthConfig', name, { PreviousCertificateThumbprint: current, CurrentCertificateThumbprint: next, NextCertificateThumbprint: null, NextCertificateEffectiveDate: null });
  log.info({ current: next, previous: current }, 'the next Auth certificate has taken over');
}

async function usable({ configuration }: Organization, thumbprint: string): Promise<CertificateWithKey | undefined> {
  const certificate = await configuration.get('ExchangeCertificate', thumbprint);
  const privateKey = await configuration.certificateKey(thumbprint);
  return certificate === undefined || privateKey === undefined ? undefined : { certificate: certificatePem(certificate.properties.Certificate), privateKey };
}
