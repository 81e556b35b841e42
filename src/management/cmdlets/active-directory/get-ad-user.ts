import { ManagementError } from '../../management-error.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accountTypes, namedRecipient } from '../recipients/recipient-cmdlets.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';
import { adUserOutput, chosenProperties, shownProperties } from './ad-user-output.ts';

export const getAdUser = defineExchangeCmdlet({
  name: 'Get-ADUser',
  synopsis: 'Shows accounts as the directory has them, with the source anchor of directory synchronisation.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, description: 'GUID, alias or user principal name.' },
    Filter: { type: 'string', description: '*, or comparisons of properties with values, joined by -and, -or and -not.' },
    Properties: { type: 'string', many: true, aliases: ['Property'], description: 'Shown besides: mS-DS-ConsistencyGuid, DisplayName, EmailAddress, mailNickname, proxyAddresses, or * for all.' },
    ResultSetSize: { type: 'integer', nullable: true, description: 'How many at most; default all.' },
    Server: { type: 'string', ignored: true, description: 'Accepted and without effect: there is one directory here.' },
    SearchBase: { type: 'string', ignored: true, description: 'Accepted and without effect: there are no organisational units here.' },
    SearchScope: { type: ['Base', 'OneLevel', 'Subtree'], ignored: true, description: 'Accepted and without effect: there are no organisational units here.' },
    LDAPFilter: { type: 'string', refused: true, description: 'Say it with -Filter.' },
  },
  outputs: shownProperties,
  example: 'Get-ADUser bert -Properties mS-DS-ConsistencyGuid',
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  side: 'OnPremises',
  async run(context, { Identity, Filter, Properties, ResultSetSize }) {
    const asked = Properties === undefined ? [] : valuesOf(Properties);
    if (Identity !== undefined) return [chosenProperties(adUserOutput(await namedRecipient(context, accountTypes, Identity)), asked)];
    if (Filter === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Filter.', { remedy: 'Name an account, or all of them with -Filter *.' });
    const fits = Filter.trim() === '*' ? () => true : readRecipientFilter(Filter);
    const rows = (await context.organization.directory.list({ types: accountTypes })).map(adUserOutput).filter(fits);
    return rows.slice(0, ResultSetSize ?? undefined).map((row) => chosenProperties(row, asked));
  },
});
