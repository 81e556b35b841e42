import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { onPremisesOrganizationParameters, relationshipName } from './on-premises-organization-parameters.ts';

export const setOnPremisesOrganization = defineExchangeCmdlet({
  name: 'Set-OnPremisesOrganization',
  synopsis: 'Changes what the cloud knows of an on-premises organisation.',
  parameters: { Identity: identityToChange, ...onPremisesOrganizationParameters },
  example: 'Set-OnPremisesOrganization "ExchangeMail" -HybridDomains @{add="fabrikam.test"}',
  roles: ['Federated Sharing'],
  side: 'Cloud',
  async run(context, { Identity, HybridDomains, OrganizationRelationship, ...changes }) {
    const former = await oneConfiguration(context, 'OnPremisesOrganization', Identity);
    const relationship = await relationshipName(context, OrganizationRelationship);
    const domains = HybridDomains === undefined ? {} : { HybridDomains: applyMultiValued(former.properties.HybridDomains, HybridDomains) };
    return setConfiguration(context, 'OnPremisesOrganization', former, { ...changes, ...relationship, ...domains });
  },
});
