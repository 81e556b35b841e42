import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { relationshipParameters } from './relationship-parameters.ts';

export const setOrganizationRelationship = defineExchangeCmdlet({
  name: 'Set-OrganizationRelationship',
  synopsis: 'Changes what is shared with another organisation.',
  parameters: {
    Identity: identityToChange,
    Name: { type: 'string', description: 'A new name.' },
    DomainNames: { type: 'domain', many: true, description: 'Domains of the other organisation, at most 238; each belongs to one relationship only.' },
    ...relationshipParameters,
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  },
  example: 'Set-OrganizationRelationship "O365 to On-premises - 1" -DomainNames @{add="contoso.test"}',
  roles: ['Federated Sharing'],
  async run(context, { Identity, Name, DomainNames, ...changes }) {
    const former = await oneConfiguration(context, 'OrganizationRelationship', Identity);
    const domains = DomainNames === undefined ? {} : { DomainNames: applyMultiValued(former.properties.DomainNames, DomainNames) };
    return setConfiguration(context, 'OrganizationRelationship', former, { ...changes, ...domains }, { newName: Name });
  },
});
