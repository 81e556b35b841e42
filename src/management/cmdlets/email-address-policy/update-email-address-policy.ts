import { addressKey } from '../../../organization/index.ts';
import { errorText } from '../../../foundation/index.ts';
import { identityToChange, oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { recipientOutput } from '../recipients/recipient-output.ts';
import { policyAddresses, policyIncludes } from './policy-addresses.ts';

export const updateEmailAddressPolicy = defineExchangeCmdlet({
  name: 'Update-EmailAddressPolicy',
  synopsis: 'Gives recipients the addresses of a policy.',
  parameters: {
    Identity: identityToChange,
    UpdateSecondaryAddressesOnly: { type: 'switch', description: 'Leaves primary addresses as they are.' },
    FixMissingAlias: { type: 'switch', ignored: true, description: 'Every recipient has an alias here.' },
  },
  example: 'Update-EmailAddressPolicy Contoso -UpdateSecondaryAddressesOnly',
  roles: ['E-Mail Address Policies'],
  async run(context, { Identity, UpdateSecondaryAddressesOnly }) {
    const { configuration, directory } = context.organization;
    const policy = await oneConfiguration(context, 'EmailAddressPolicy', Identity);
    const before = (await configuration.list('EmailAddressPolicy')).filter((other) => other.guid !== policy.guid && other.properties.Enabled && other.properties.Priority < policy.properties.Priority);
    for (const recipient of await directory.list()) {
      if (!policyIncludes(policy.properties, recipient) || before.some((other) => policyIncludes(other.properties, recipient))) continue;
      const { primary, all } = policyAddresses(policy.properties, recipient);
      const known = new Set(recipient.emailAddresses.map(addressKey));
      const missing = all.filter((address) => !known.has(addressKey(address)));
      const newPrimary = UpdateSecondaryAddressesOnly === true || primary === undefined || addressKey(primary) === addressKey(recipient.primarySmtpAddress) ? undefined : primary;
      if (missing.length === 0 && newPrimary === undefined) continue;
      try {
        await context.change({
          target: recipient.displayName,
          before: recipientOutput(recipient),
          apply: () => directory.update(recipient.guid, { emailAddresses: [...recipient.emailAddresses, ...missing], ...(newPrimary === undefined ? {} : { primarySmtpAddress: newPrimary }) }),
          after: recipientOutput,
        });
      } catch (error) {
        // One whose address somebody else has must not keep the others from theirs.
        context.warn(`The recipient '${recipient.displayName}' was left as it is. ${errorText(error)}`);
      }
    }
    return [];
  },
});
