import { exchangeOnlineAppId } from '../exchange-online.ts';
import { textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';
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
  async changes({ get }) {
    const [config] = await get('OnPremises', 'Get-AuthConfig');
    const thumbprint = textOf(config, 'CurrentCertificateThumbprint');
    const certificate = (await get('OnPremises', 'Get-ExchangeCertificate')).find((found) => textOf(found, 'Thumbprint') === thumbprint);
    if (certificate === undefined) {
      throw new WizardError('WIZARD_PREREQUISITE', `The current Auth certificate ${thumbprint} is not in the certificate store.`, {
        remedy: 'Run set-up again: its first step makes a new certificate.',
      });
    }
    const [exported] = await get('OnPremises', 'Export-ExchangeCertificate', { Thumbprint: thumbprint });
    const value = textOf(exported, 'FileData');
    const credentials = await get('Tenant', 'Get-MsolServicePrincipalCredential', { AppPrincipalId: exchangeOnlineAppId, ReturnKeyValues: true });
    if (credentials.some((credential) => textOf(credential, 'Value') === value)) return [];
    return [
      {
        session: 'Tenant',
        cmdlet: 'New-MsolServicePrincipalCredential',
        parameters: {
          AppPrincipalId: exchangeOnlineAppId,
          Type: 'Asymmetric',
          Usage: 'Verify',
          Value: value,
          StartDate: textOf(certificate, 'NotBefore'),
          EndDate: textOf(certificate, 'NotAfter'),
        },
      },
    ];
  },
};
