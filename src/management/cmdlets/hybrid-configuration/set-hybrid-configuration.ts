import { setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { hybridConfigurationParameters, hybridLists, theHybridConfiguration } from './hybrid-configuration-object.ts';

export const setHybridConfiguration = defineExchangeCmdlet({
  name: 'Set-HybridConfiguration',
  synopsis: 'Changes what the hybrid deployment shall have. It sets nothing up: hybridge setup does.',
  parameters: { Identity: { own: true, type: 'string', position: 0, pipeline: true, ignored: true, description: 'There is one such object.' }, ...hybridConfigurationParameters },
  example: 'Set-HybridConfiguration -Domains @{add="fabrikam.test"}',
  roles: ['Federated Sharing'],
  side: 'OnPremises',
  async run(context, { OnPremisesSmartHost, TlsCertificateName, ServiceInstance, ...given }) {
    const { Identity: _, ...lists } = given;
    const former = await theHybridConfiguration(context);
    return setConfiguration(context, 'HybridConfiguration', former, {
      ...hybridLists(former.properties, lists),
      ...(OnPremisesSmartHost === undefined ? {} : { OnPremisesSmartHost }),
      ...(TlsCertificateName === undefined ? {} : { TlsCertificateName }),
      ...(ServiceInstance === undefined ? {} : { ServiceInstance }),
    });
  },
});
