import { ManagementError } from '../../management-error.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { completeNames, newMailboxParameters, organizationalUnit, personNames } from './new-recipient-parameters.ts';
import { newRecipient } from './recipient-cmdlets.ts';

export const newRemoteMailbox = defineExchangeCmdlet({
  name: 'New-RemoteMailbox',
  synopsis: 'Makes a person whose mailbox is in the cloud.',
  parameters: {
    ...newMailboxParameters,
    OnPremisesOrganizationalUnit: organizationalUnit,
    AccountDisabled: { type: 'switch', description: 'Nobody signs in with the account until Set-ADUser -Enabled $true.' },
    Room: { type: 'switch', refused: 'unlessFalse', description: 'Remote mailboxes are of people here.' },
    Equipment: { type: 'switch', refused: 'unlessFalse', description: 'Remote mailboxes are of people here.' },
    RemoteRoutingAddress: { type: 'smtpAddress', description: 'The cloud’s own address of the mailbox. Default: alias and the tenant’s routing domain.' },
  },
  example: 'New-RemoteMailbox -Name "Anna Arzt" -UserPrincipalName anna@contoso.test -RemoteRoutingAddress anna@contoso.mail.onmicrosoft.test',
  roles: ['Mail Recipient Creation'],
  side: 'OnPremises',
  async run(context, { Name, DisplayName, FirstName, LastName, Alias, PrimarySmtpAddress, UserPrincipalName, Password, ImmutableId, AccountDisabled, RemoteRoutingAddress }) {
    const given = { Name, ...(DisplayName && { DisplayName }), ...(Alias && { Alias }), ...(PrimarySmtpAddress && { PrimarySmtpAddress }), ...(UserPrincipalName && { UserPrincipalName }) };
    const names = await completeNames(context, given, UserPrincipalName);
    const routing = RemoteRoutingAddress ?? `${names.alias}@${await routingDomain(context)}`;
    return newRecipient(
      context,
      {
        ...names,
        ...personNames({ ...(FirstName && { FirstName }), ...(LastName && { LastName }) }),
        recipientTypeDetails: 'RemoteUserMailbox',
        externalEmailAddress: routing,
        userPrincipalName: UserPrincipalName ?? names.primarySmtpAddress,
        ...(ImmutableId && { immutableId: ImmutableId }),
        ...(AccountDisabled === true ? { accountDisabled: true } : {}),
      },
      Password,
    );
  },
});

/** The target delivery domain; where none was set, the accepted domain `<tenant>.mail.onmicrosoft.…`, which hybrid set-up adds. */
export async function routingDomain(context: ExchangeContext): Promise<string> {
  const target = (await context.organization.configuration.list('RemoteDomain')).find((domain) => domain.properties.TargetDeliveryDomain);
  if (target !== undefined) return target.properties.DomainName.replace(/^\*\./, '');
  const domains = await context.organization.configuration.list('AcceptedDomain');
  const routing = domains.find((domain) => /\.mail\.onmicrosoft\./i.test(domain.properties.DomainName));
  if (routing !== undefined) return routing.properties.DomainName;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'There is no accepted domain of the tenant to make a remote routing address in.', { remedy: 'Give RemoteRoutingAddress, or add <tenant>.mail.onmicrosoft.com as an accepted domain.' });
}
