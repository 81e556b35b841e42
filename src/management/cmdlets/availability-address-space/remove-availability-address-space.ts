import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, organizationRoles } from '../exchange-context.ts';

export const removeAvailabilityAddressSpace = defineExchangeCmdlet({
  name: 'Remove-AvailabilityAddressSpace',
  synopsis: 'Removes the address space of a domain.',
  parameters: { Identity: identityToChange },
  example: 'Remove-AvailabilityAddressSpace contoso.com -Confirm:$false',
  roles: organizationRoles,
  run: (context, { Identity }) => removeConfiguration(context, 'AvailabilityAddressSpace', Identity),
});
