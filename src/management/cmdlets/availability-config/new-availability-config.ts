import { valuesOf } from '../../binding/parameter-definition.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { availabilityConfigName } from './availability-config-name.ts';

export const newAvailabilityConfig = defineExchangeCmdlet({
  name: 'New-AvailabilityConfig',
  synopsis: 'Begins the availability configuration of a cloud organisation, which must be there before its first address space.',
  parameters: {
    AllowedTenantIds: { type: 'guid', many: true, description: 'Tenants with which free/busy is shared by OrgWideFBToken, at most 25. Kept and shown.' },
    OrgWideAccount: { type: 'string', ignored: true, description: 'Accepted and without effect in the cloud.' },
  },
  example: 'New-AvailabilityConfig -AllowedTenantIds 9d341953-da1f-41b0-8810-76d6ef905273',
  roles: ['Federated Sharing'],
  side: 'Cloud',
  run: (context, { AllowedTenantIds }) => newConfiguration(context, 'AvailabilityConfig', availabilityConfigName, AllowedTenantIds === undefined ? {} : { AllowedTenantIds: [...valuesOf(AllowedTenantIds)] }),
});
