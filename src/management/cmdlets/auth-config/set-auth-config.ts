import type { AuthConfig } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { setConfiguration } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

const hour = 3_600_000;

export const setAuthConfig = defineExchangeCmdlet({
  name: 'Set-AuthConfig',
  synopsis: 'Changes the certificate that signs requests for server-to-server tokens.',
  parameters: {
    CertificateThumbprint: { type: 'thumbprint', description: 'The certificate to use from now on.' },
    NewCertificateThumbprint: { type: 'thumbprint', description: 'The certificate that comes next.' },
    NewCertificateEffectiveDate: { type: 'dateTime', description: 'From when the next certificate should be used; 48 hours ahead leaves time to publish it.' },
    PublishCertificate: { type: 'switch', description: 'Makes the next certificate the current one at once; the current one becomes the previous.' },
    ClearPreviousCertificate: { type: 'switch', description: 'Forgets the previous certificate.' },
    ServiceName: { type: 'string', description: 'The application id under which the tenant knows Exchange. Do not change it.' },
    Realm: { type: 'string', nullable: true, description: 'The realm of this organisation; normally blank.' },
    Force: { type: 'switch', description: 'Does not warn about an effective date that is near.' },
    SkipImmediateCertificateDeployment: { type: 'switch', description: 'Accepted and without effect: certificates need no deployment to further servers here.' },
    Server: { type: 'string', description: 'Accepted and without effect, as published.' },
  },
  example: 'Set-AuthConfig -PublishCertificate',
  roles: ['Organization Client Access'],
  side: 'OnPremises',
  async run(context, parameters) {
    const former = await context.organization.configuration.singleton('AuthConfig');
    const { CertificateThumbprint, NewCertificateThumbprint, NewCertificateEffectiveDate, PublishCertificate, ClearPreviousCertificate, ServiceName, Realm, Force } = parameters;
    const sets = [CertificateThumbprint !== undefined, NewCertificateThumbprint !== undefined || NewCertificateEffectiveDate !== undefined, PublishCertificate === true || ClearPreviousCertificate === true, ServiceName !== undefined || Realm !== undefined];
    if (sets.filter(Boolean).length > 1) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.');
    if (NewCertificateEffectiveDate !== undefined && NewCertificateThumbprint === undefined && former.properties.NextCertificateThumbprint === null) {
      throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'There is no next certificate for which the effective date could be set.', { remedy: 'Name it too: -NewCertificateThumbprint <thumbprint>.' });
    }
    const changes: Partial<AuthConfig> = { ...(ServiceName === undefined ? {} : { ServiceName }), ...(Realm === undefined ? {} : { Realm }) };
    if (CertificateThumbprint !== undefined) {
      await requireCertificate(context, CertificateThumbprint);
      if (CertificateThumbprint !== former.properties.CurrentCertificateThumbprint) changes.PreviousCertificateThumbprint = former.properties.CurrentCertificateThumbprint;
      changes.CurrentCertificateThumbprint = CertificateThumbprint;
      // The next one has come early.
      if (CertificateThumbprint === former.properties.NextCertificateThumbprint) Object.assign(changes, { NextCertificateThumbprint: null, NextCertificateEffectiveDate: null });
    }
    if (NewCertificateThumbprint !== undefined) {
      await requireCertificate(context, NewCertificateThumbprint);
      if (NewCertificateThumbprint === former.properties.CurrentCertificateThumbprint) {
        throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The certificate with the thumbprint ${NewCertificateThumbprint} is the current one already.`, { facts: { thumbprint: NewCertificateThumbprint }, remedy: 'Name another one as the next; New-ExchangeCertificate makes one.' });
      }
      changes.NextCertificateThumbprint = NewCertificateThumbprint;
      // A date that belonged to another certificate says nothing about this one.
      if (NewCertificateEffectiveDate === undefined && NewCertificateThumbprint !== former.properties.NextCertificateThumbprint) {
        changes.NextCertificateEffectiveDate = null;
        context.warn('Without NewCertificateEffectiveDate the certificate does not take over by itself; Set-AuthConfig -PublishCertificate makes it the current one.');
      }
    }
    if (NewCertificateEffectiveDate !== undefined) {
      changes.NextCertificateEffectiveDate = new Date(NewCertificateEffectiveDate).toISOString();
      if (Force !== true && NewCertificateEffectiveDate < context.clock.now() + 48 * hour) {
        context.warn('The new certificate effective date is not at least 48 hours in the future. Partners that have not read the new certificate by then refuse requests that it signs.');
      }
    }
    if (PublishCertificate === true) Object.assign(changes, await published(context, former.properties));
    if (ClearPreviousCertificate === true) changes.PreviousCertificateThumbprint = null;
    return setConfiguration(context, 'AuthConfig', former, changes);
  },
});

/** The next certificate takes over, whatever its effective date says. */
async function published(context: ExchangeContext, former: AuthConfig): Promise<Partial<AuthConfig>> {
  const next = former.NextCertificateThumbprint;
  if (next === null) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'There is no next certificate to publish.', { remedy: 'Name it first: Set-AuthConfig -NewCertificateThumbprint <thumbprint> -NewCertificateEffectiveDate (Get-Date).' });
  }
  await requireCertificate(context, next);
  return { PreviousCertificateThumbprint: former.CurrentCertificateThumbprint, CurrentCertificateThumbprint: next, NextCertificateThumbprint: null, NextCertificateEffectiveDate: null };
}

/** The certificate must be in the store with its key, and in its time. */
async function requireCertificate(context: ExchangeContext, thumbprint: string): Promise<void> {
  const { configuration } = context.organization;
  const certificate = await configuration.get('ExchangeCertificate', thumbprint);
  const refuse = (reason: string): ManagementError => new ManagementError('MANAGEMENT_INVALID_VALUE', `The certificate with the thumbprint ${thumbprint} ${reason}.`, { facts: { thumbprint }, remedy: 'Choose one from Get-ExchangeCertificate, or make one with New-ExchangeCertificate.' });
  if (certificate === undefined) throw refuse("couldn't be found in the certificate store");
  if (certificate.properties.Request !== undefined) throw refuse('is a request whose certificate has not been imported yet');
  if ((await configuration.certificateKey(thumbprint)) === undefined) throw refuse('has no private key here');
  if (Date.parse(certificate.properties.NotAfter) <= context.clock.now()) throw refuse('has expired');
}
