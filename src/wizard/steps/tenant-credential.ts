import { exchangeOnlinePrincipal, keyCredential, keyCredentialsOf } from '../exchange-online.ts';
import { textOf } from '../observed.ts';
import type { SetupStep, StepView } from '../plan.ts';
import { WizardError } from '../wizard-error.ts';

/**
 * Publishes the current Auth certificate to the tenant, on the principal of Exchange Online. Without it the token
 * service answers AADSTS50012, key was not found.
 */
export const tenantCredential: SetupStep = {
  id: 'tenant-credential',
  title: 'Auth certificate in the tenant',
  why: 'The tenant believes assertions signed with it; without it AADSTS50012.',
  onlyFor: ['oauth', 'both'],
  isOAuth: true,
  async changes(view) {
    const value = await authCertificateValue(view);
    const [principal] = await view.get('Tenant', 'Get-MgServicePrincipal', exchangeOnlinePrincipal);
    const present = keyCredentialsOf(principal);
    if (present.some(({ Key }) => Key === value)) return [];
    return [{ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: textOf(principal, 'Id'), KeyCredentials: [...present, keyCredential(value)] } }];
  },
};

/** The public part of the certificate that signs, base64 DER. @throws WizardError `WIZARD_PREREQUISITE` */
export async function authCertificateValue({ get }: StepView): Promise<string> {
  const [config] = await get('OnPremises', 'Get-AuthConfig');
  const thumbprint = textOf(config, 'CurrentCertificateThumbprint');
  const certificate = (await get('OnPremises', 'Get-ExchangeCertificate')).find((found) => textOf(found, 'Thumbprint') === thumbprint);
  if (certificate === undefined) {
    throw new WizardError('WIZARD_PREREQUISITE', `The current Auth certificate ${thumbprint} is not in the certificate store.`, {
      remedy: 'Run set-up again: its first step makes a new certificate.',
    });
  }
  const [exported] = await get('OnPremises', 'Export-ExchangeCertificate', { Thumbprint: thumbprint });
  return textOf(exported, 'FileData');
}
