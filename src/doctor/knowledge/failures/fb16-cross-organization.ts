import type { Failure } from '../failure.ts';
import { errorTable, resolveErrorsAt } from '../references.ts';

export const crossOrganization: Failure = {
  id: 'FB16',
  title: 'The cross-organization request for mailbox is not allowed because the requester is from a different organization',
  texts: ['The cross-organization request for mailbox … is not allowed because the requester is from a different organization'],
  marks: ['LID: 39660', 'CrossOrganizationProxyNotAllowedForExternalOrganization'],
  directions: ['cloud → cloud'],
  authentication: ['DAuth'],
  underneath: 'The organisation that was asked has the person elsewhere and would have to ask on. It does so for its own users, never for a stranger: one cross-organisation hop only.',
  causes: [
    {
      id: 'fb16-target-address',
      title: 'The person has moved, and the asker’s target address still leads to the former side',
      why: 'In a mesh, the partner’s contact for a migrated person points to the domain whose Autodiscover is on premises.',
      proof: [{ on: 'cloud', run: 'Get-Recipient <address> | Format-List RecipientType, ExternalEmailAddress', expect: 'An address whose Autodiscover is not where the mailbox is' }],
      repair: [{ on: 'cloud', run: 'Set-MailUser <address> -ExternalEmailAddress <routing address>' }],
      risk: 'Mail to this person is routed to the new target address too. A contact is changed with Set-MailContact.',
    },
    {
      id: 'fb16-autodiscover-moved',
      title: 'Autodiscover was switched to the cloud while mailboxes remain on premises',
      why: 'Lookups for those who stayed now reach the cloud, which would have to ask on premises.',
      proof: [{ on: 'client', run: 'Resolve-DnsName autodiscover.<domain>', expect: 'autodiscover.outlook.com, while the mailbox is on premises' }],
      repair: [{ on: 'network', act: 'Point autodiscover of that domain back to the on-premises organisation until the last mailbox has moved.' }],
      risk: 'Clients find their server by another path for as long as DNS caches live.',
    },
  ],
  check: [{ on: 'client', act: 'Look the person up again as the user of the other organisation (Scheduling Assistant): blocks instead of the hatched “no information”.' }],
  prevention: 'Give partners target addresses of the coexistence domain for migrated people, and move Autodiscover last.',
  references: [errorTable('16'), resolveErrorsAt('39660')],
};
