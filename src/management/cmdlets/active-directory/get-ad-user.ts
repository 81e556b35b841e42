import { ManagementError } from '../../management-error.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { accountTypes, namedRecipient } from '../recipients/recipient-cmdlets.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';
import { adUserOutput, chosenProperties, shownProperties } from './ad-user-output.ts';
import { directoryParameters } from './directory-parameters.ts';
import { readLdapFilter } from './ldap-filter.ts';

export const getAdUser = defineExchangeCmdlet({
  name: 'Get-ADUser',
  synopsis: 'Shows accounts as the directory has them, with the source anchor of directory synchronisation.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, description: 'GUID, alias or user principal name.' },
    Filter: { type: 'string', description: '*, or comparisons of properties with values, joined by -and, -or and -not.' },
    LDAPFilter: { type: 'string', description: 'A search filter of LDAP: (&(mailNickname=b*)(!(userAccountControl:1.2.840.113556.1.4.803:=2))).' },
    Properties: { type: 'string', many: true, aliases: ['Property'], description: 'Shown besides: DisplayName, EmailAddress, cn, mail, mailNickname, mS-DS-ConsistencyGuid, msExchRecipientTypeDetails, proxyAddresses, sn, targetAddress, userAccountControl, whenChanged, whenCreated, or * for all.' },
    ResultSetSize: { type: 'integer', nullable: true, description: 'How many at most; default all.' },
    ResultPageSize: { type: 'integer', ignored: true, description: 'Accepted and without effect: all come at once.' },
    SearchBase: { type: 'string', description: 'DC=contoso,DC=test: an accepted domain. There are no organizational units here: one is not found.' },
    SearchScope: { type: ['Base', 'OneLevel', 'Subtree'], description: 'Base: the domain itself, which is no account. Default Subtree; OneLevel is the same here.' },
    ...directoryParameters,
  },
  outputs: shownProperties,
  example: "Get-ADUser -LDAPFilter '(mailNickname=b*)' -Properties mS-DS-ConsistencyGuid",
  roles: ['Mail Recipients', 'Mail Recipient Creation', 'User Options', 'View-Only Recipients'],
  side: 'OnPremises',
  async run(context, { Identity, Filter, LDAPFilter, Properties, ResultSetSize, SearchBase, SearchScope }) {
    const asked = Properties === undefined ? [] : valuesOf(Properties);
    const ways = [Identity, Filter, LDAPFilter].filter((way) => way !== undefined).length;
    if (ways > 1) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Give one of Identity, Filter and LDAPFilter.' });
    if (ways === 0) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Filter.', { remedy: 'Name an account, or all of them with -Filter *.' });
    if (Identity !== undefined) return [chosenProperties(adUserOutput(await namedRecipient(context, accountTypes, Identity)), asked)];
    const fits = LDAPFilter === undefined ? undefined : readLdapFilter(LDAPFilter);
    const fitsRow = Filter === undefined || Filter.trim() === '*' ? undefined : readRecipientFilter(Filter);
    if (SearchBase !== undefined) await requireDomain(context, SearchBase);
    if (SearchScope === 'Base') return [];
    const users = (await context.organization.directory.list({ types: accountTypes })).filter((user) => fits === undefined || fits(user));
    const rows = users.map(adUserOutput).filter((row) => fitsRow === undefined || fitsRow(row));
    return rows.slice(0, ResultSetSize ?? undefined).map((row) => chosenProperties(row, asked));
  },
});

/** Accounts are kept under the accepted domains, without organizational units between. The text is Active Directory's. */
async function requireDomain({ organization }: ExchangeContext, searchBase: string): Promise<void> {
  const domain = searchBase.split(',').map((part) => /^\s*DC=([\w-]+)\s*$/i.exec(part)?.[1]?.toLowerCase()).join('.');
  const domains = (await organization.configuration.list('AcceptedDomain')).map(({ properties }) => properties.DomainName.toLowerCase());
  if (domains.includes(domain)) return;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', 'Directory object not found', { facts: { searchBase: searchBase.slice(0, 256) }, remedy: 'There are no organizational units here: name an accepted domain as DC=…,DC=…, and narrow the accounts with -Filter.' });
}
