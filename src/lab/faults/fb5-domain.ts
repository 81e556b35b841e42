import { one, toOnPremises } from './fault.ts';
import { labNames } from '../lab-names.ts';
import type { Fault, FaultStep } from './fault.ts';

const partner = 'Fabrikam';

/** The connector of another organisation has the domain. */
export const otherConnector: Fault = {
  id: 'fb5-domain',
  symptom: toOnPremises,
  trust: 'OAuth',
  async plan(sessions) {
    const { Name: Identity } = await one(sessions, 'Cloud', 'Get-IntraOrganizationConnector');
    const domains = (how: 'add' | 'remove'): FaultStep => ({ session: 'Cloud', cmdlet: 'Set-IntraOrganizationConnector', parameters: { Identity, TargetAddressDomains: { [how]: [labNames.domain] } } });
    return {
      inject: [
        domains('remove'),
        { session: 'Cloud', cmdlet: 'New-IntraOrganizationConnector', parameters: { Name: partner, TargetAddressDomains: ['fabrikam.test', labNames.domain], DiscoveryEndpoint: `https://${labNames.cloud.mail}/autodiscover/of-fabrikam.svc`, Enabled: true } },
      ],
      undo: [{ session: 'Cloud', cmdlet: 'Remove-IntraOrganizationConnector', parameters: { Identity: partner, Confirm: false } }, domains('add')],
    };
  },
};
