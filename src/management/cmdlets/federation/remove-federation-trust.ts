import { ManagementError } from '../../management-error.ts';
import { identityToChange, oneConfiguration, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeFederationTrust = defineExchangeCmdlet({
  name: 'Remove-FederationTrust',
  synopsis: 'Removes a federation trust that no domain depends on any more.',
  parameters: { Identity: identityToChange },
  example: 'Remove-FederationTrust "Microsoft Federation Gateway" -Confirm:$false',
  roles: ['Federated Sharing'],
  side: 'OnPremises',
  async run(context, { Identity }) {
    const trust = await oneConfiguration(context, 'FederationTrust', Identity);
    const { DelegationTrustLink, Domains } = (await context.organization.configuration.singleton('FederatedOrganizationIdentifier')).properties;
    if (DelegationTrustLink === trust.name && Domains.length > 0) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The federation trust '${trust.name}' still has federated domains.`, { remedy: 'Remove them first: Remove-FederatedDomain.' });
    }
    return removeConfiguration(context, 'FederationTrust', trust.guid);
  },
});
