import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { relationshipParameters } from './relationship-parameters.ts';

export const newOrganizationRelationship = defineExchangeCmdlet({
  name: 'New-OrganizationRelationship',
  synopsis: 'Begins sharing with another organisation.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the relationship, at most 64 characters.' },
    DomainNames: { type: 'domain', mandatory: true, many: true, pipeline: true, description: 'Domains of the other organisation, at most 238; each belongs to one relationship only.' },
    ...relationshipParameters,
  },
  example: 'New-OrganizationRelationship -Name "Fourth Coffee" -DomainNames mail.fourthcoffee.com -FreeBusyAccessEnabled $true -FreeBusyAccessLevel AvailabilityOnly -TargetAutodiscoverEpr https://mail.fourthcoffee.com/autodiscover/autodiscover.svc/wssecurity -TargetApplicationUri mail.fourthcoffee.com',
  roles: ['Federated Sharing'],
  run: (context, { Name, DomainNames, ...properties }) => newConfiguration(context, 'OrganizationRelationship', Name, { ...properties, DomainNames: applyMultiValued([], DomainNames) }),
});
