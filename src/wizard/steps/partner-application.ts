import { exchangeOnlineAppId } from '../exchange-online.ts';
import { isTrue, textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/** Lets Exchange Online act on premises: the partner application, enabled and with the account that carries its roles. */
export const partnerApplication: SetupStep = {
  id: 'partner-application',
  title: 'Partner application Exchange Online',
  why: 'Exchange Online acts on premises as this application, with the roles of its linked account.',
  onlyFor: ['oauth', 'both'],
  isOAuth: true,
  async changes({ get }) {
    const application = (await get('OnPremises', 'Get-PartnerApplication')).find((found) => textOf(found, 'ApplicationIdentifier') === exchangeOnlineAppId);
    const linkedAccount = 'Exchange Online-ApplicationAccount';
    if (application === undefined) {
      return [
        {
          session: 'OnPremises',
          cmdlet: 'New-PartnerApplication',
          parameters: { Name: 'Exchange Online', ApplicationIdentifier: exchangeOnlineAppId, UseAuthServer: true, Enabled: true, LinkedAccount: linkedAccount },
        },
      ];
    }
    const changes = {
      ...(isTrue(application, 'Enabled') ? {} : { Enabled: true }),
      ...(textOf(application, 'LinkedAccount') === '' ? { LinkedAccount: linkedAccount } : {}),
    };
    if (Object.keys(changes).length === 0) return [];
    return [{ session: 'OnPremises', cmdlet: 'Set-PartnerApplication', parameters: { Identity: textOf(application, 'Name'), ...changes } }];
  },
};
