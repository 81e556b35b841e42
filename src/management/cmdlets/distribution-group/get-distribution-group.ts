import { findConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { namedGroupOutput } from './distribution-group-object.ts';

export const getDistributionGroup = defineExchangeCmdlet({
  name: 'Get-DistributionGroup',
  synopsis: 'Shows groups of recipients and lists of rooms.',
  parameters: {
    Identity: identityToGet,
    ResultSize: { type: 'resultSize', description: 'How many at most; default 1000, or Unlimited.' },
    RecipientTypeDetails: { type: ['MailUniversalDistributionGroup', 'MailUniversalSecurityGroup', 'RoomList'], description: 'Only this type.' },
  },
  example: 'Get-DistributionGroup -RecipientTypeDetails RoomList',
  roles: ['Distribution Groups', 'View-Only Recipients'],
  async run(context, { Identity, ResultSize, RecipientTypeDetails }) {
    const groups = await findConfiguration(context, 'DistributionGroup', Identity);
    const found = groups.filter(({ properties }) => RecipientTypeDetails === undefined || properties.RecipientTypeDetails === RecipientTypeDetails);
    const limit = ResultSize ?? 1000;
    if (found.length > limit && ResultSize === undefined) context.warn('There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.');
    return Promise.all(found.slice(0, limit === Infinity ? undefined : limit).map((group) => namedGroupOutput(context, group)));
  },
});
