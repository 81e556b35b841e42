import { findConfiguration, identityToGet, limitResults } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';
import { recipientGetParameters, sorted } from '../recipients/recipient-cmdlets.ts';
import { distributionGroupOutput, namedGroupOutput } from './distribution-group-object.ts';

export const getDistributionGroup = defineExchangeCmdlet({
  name: 'Get-DistributionGroup',
  synopsis: 'Shows groups of recipients and lists of rooms.',
  parameters: {
    Identity: identityToGet,
    ResultSize: { type: 'resultSize', description: 'How many at most; default 1000, or Unlimited.' },
    Filter: recipientGetParameters.Filter,
    Anr: { type: 'string', description: 'Beginning of a name, alias, or an address.' },
    SortBy: { type: ['Alias', 'DisplayName', 'Name', 'WhenChanged'], description: 'By which property, rising.' },
    RecipientTypeDetails: { type: ['MailUniversalDistributionGroup', 'MailUniversalSecurityGroup', 'RoomList'], description: 'Only this type.' },
  },
  example: 'Get-DistributionGroup -RecipientTypeDetails RoomList',
  roles: ['Distribution Groups', 'View-Only Recipients'],
  async run(context, { Identity, ResultSize, RecipientTypeDetails, Filter, Anr, SortBy }) {
    const groups = await findConfiguration(context, 'DistributionGroup', Identity);
    const isWanted = Filter === undefined ? () => true : readRecipientFilter(Filter);
    const hasName = (row: OutputObject): boolean => Anr === undefined || [row['Name'], row['DisplayName'], row['Alias'], row['PrimarySmtpAddress']].some((name) => String(name).toLowerCase().startsWith(Anr.toLowerCase()));
    const found = groups.filter(({ properties }) => RecipientTypeDetails === undefined || properties.RecipientTypeDetails === RecipientTypeDetails).filter((group) => {
      const row = distributionGroupOutput(group);
      return isWanted(row) && hasName(row);
    });
    return sorted(await Promise.all(limitResults(context, found, ResultSize).map((group) => namedGroupOutput(context, group))), SortBy);
  },
});
