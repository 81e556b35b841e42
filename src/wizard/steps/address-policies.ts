import { listOf, textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/**
 * On premises: whoever a policy gives an address in a hybrid domain gets one in the routing domain, too. Addresses that
 * people have got by it stay when the policy is taken back, as the original leaves them.
 */
export const addressPolicies: SetupStep = {
  id: 'address-policies',
  title: 'E-mail address policies',
  why: 'Without an address in the routing domain a mailbox cannot be moved, nor found from the other side once it is.',
  configurations: ['Full', 'Minimal'],
  needs: [{ session: 'OnPremises', cmdlet: 'Get-EmailAddressPolicy' }],
  async changes({ get, settings }) {
    const address = `smtp:%m@${settings.coexistenceDomain}`;
    const domains = new Set(settings.hybridDomains.map((domain) => domain.toLowerCase()));
    return (await get('OnPremises', 'Get-EmailAddressPolicy')).flatMap((policy) => {
      const templates = listOf(policy, 'EnabledEmailAddressTemplates');
      const isHybrid = templates.some((template) => /^smtp:/i.test(template) && domains.has(template.slice(template.lastIndexOf('@') + 1).toLowerCase()));
      const hasRouting = templates.some((template) => template.toLowerCase().endsWith(`@${settings.coexistenceDomain.toLowerCase()}`));
      if (!isHybrid || hasRouting) return [];
      const Identity = textOf(policy, 'Name');
      return [
        { session: 'OnPremises', cmdlet: 'Set-EmailAddressPolicy', parameters: { Identity, EnabledEmailAddressTemplates: [...templates, address] } },
        { session: 'OnPremises', cmdlet: 'Update-EmailAddressPolicy', parameters: { Identity, UpdateSecondaryAddressesOnly: true } },
      ] as const;
    });
  },
};
