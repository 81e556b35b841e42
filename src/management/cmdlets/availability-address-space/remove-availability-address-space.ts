import { identityToChange, oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';

export const removeAvailabilityAddressSpace = defineExchangeCmdlet({
  name: 'Remove-AvailabilityAddressSpace',
  synopsis: 'Removes the address space of a domain, and the credentials that were kept for it.',
  parameters: { Identity: identityToChange },
  example: 'Remove-AvailabilityAddressSpace contoso.com -Confirm:$false',
  roles: ['Federated Sharing'],
  async run(context, { Identity }) {
    const { configuration, credentials } = context.organization;
    const former = await oneConfiguration(context, 'AvailabilityAddressSpace', Identity);
    await context.change({
      target: former.name,
      before: configurationOutput(former),
      async apply() {
        await credentials.remove(former.guid);
        await configuration.remove('AvailabilityAddressSpace', former.guid);
      },
    });
    return [];
  },
});
