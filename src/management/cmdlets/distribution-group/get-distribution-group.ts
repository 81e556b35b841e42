import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { distributionGroupOutput } from './distribution-group-object.ts';

export const getDistributionGroup = defineExchangeCmdlet({
  name: 'Get-DistributionGroup',
  synopsis: 'Shows groups of recipients and lists of rooms.',
  parameters: {
    Identity: identityToGet,
    RecipientTypeDetails: { type: ['MailUniversalDistributionGroup', 'MailUniversalSecurityGroup', 'RoomList'], description: 'Only this type.' },
  },
  example: 'Get-DistributionGroup -RecipientTypeDetails RoomList',
  roles: ['Distribution Groups', 'View-Only Recipients'],
  async run(context, { Identity, RecipientTypeDetails }) {
    const groups = await getConfiguration(context, 'DistributionGroup', Identity, distributionGroupOutput);
    return groups.filter((group) => RecipientTypeDetails === undefined || group['RecipientTypeDetails'] === RecipientTypeDetails);
  },
});
