import { ManagementError } from '../../management-error.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { hybridConfigurationName, hybridConfigurationParameters, hybridLists } from './hybrid-configuration-object.ts';

export const newHybridConfiguration = defineExchangeCmdlet({
  name: 'New-HybridConfiguration',
  synopsis: 'Makes the object that holds what the hybrid deployment shall have. It sets nothing up: hybridge setup does.',
  parameters: hybridConfigurationParameters,
  example: 'New-HybridConfiguration -Features FreeBusy,MoveMailbox,Mailtips -Domains contoso.test',
  roles: ['Federated Sharing'],
  side: 'OnPremises',
  async run(context, { OnPremisesSmartHost, TlsCertificateName, ServiceInstance, ...lists }) {
    if ((await context.organization.configuration.list('HybridConfiguration')).length > 0) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'A hybrid configuration exists already; an organization has one.', { remedy: 'Change it with Set-HybridConfiguration.' });
    }
    return newConfiguration(context, 'HybridConfiguration', hybridConfigurationName, {
      ...hybridLists({}, lists),
      ...(OnPremisesSmartHost === undefined ? {} : { OnPremisesSmartHost }),
      ...(TlsCertificateName === undefined ? {} : { TlsCertificateName }),
      ...(ServiceInstance === undefined ? {} : { ServiceInstance }),
    });
  },
});
