import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, movingParts, resolveErrorsAt } from '../references.ts';

export const configurationNotFound: Failure = {
  id: 'FB9',
  title: 'Configuration information for forest/domain could not be found in Active Directory',
  texts: ['Configuration information for forest/domain … could not be found in Active Directory', 'Configuration information for forest/domain could not be found in Active Directory'],
  marks: ['LID: 47932'],
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['none'],
  underneath: 'The asking organisation took the domain of the target address and looked for an enabled connector, then for a relationship with free/busy, then for an address space. None lists the domain, so nothing was sent at all. The commands below are for a person in the cloud who asks; in the other direction type them in the Exchange Management Shell and look for the tenant’s coexistence domain.',
  causes: [
    {
      id: 'fb9-domain-missing',
      title: 'The target domain is listed in neither connector nor relationship',
      why: 'Accepted domains that were added after the wizard ran are in neither.',
      proof: [
        { on: 'cloud', run: 'Get-IntraOrganizationConnector | Format-List Name, Enabled, TargetAddressDomains', expect: 'The domain of the target address is missing' },
        { on: 'cloud', run: 'Get-OrganizationRelationship | Format-List Name, Enabled, FreeBusyAccessEnabled, DomainNames', expect: 'The domain of the target address is missing' },
        { on: 'on-premises', run: '(Get-FederatedOrganizationIdentifier).Domains' },
      ],
      repair: [{ on: 'cloud', run: 'Set-IntraOrganizationConnector "<cloud connector>" -TargetAddressDomains @{add="<domain>"}' }],
      risk: 'None. A domain may belong to one relationship only.',
    },
    {
      id: 'fb9-disabled',
      title: 'The connector is disabled and no relationship takes over',
      why: 'Disabled objects are passed over as if they did not exist; a relationship counts only with FreeBusyAccessEnabled.',
      proof: [
        { on: 'cloud', run: 'Get-IntraOrganizationConnector | Format-List Name, Enabled', expect: 'Enabled: False' },
        { on: 'cloud', run: 'Get-OrganizationRelationship | Format-List Name, Enabled, FreeBusyAccessEnabled', expect: 'False for one of them, or no object' },
      ],
      repair: [{ on: 'cloud', run: 'Set-IntraOrganizationConnector "<cloud connector>" -Enabled $true' }],
      risk: 'Lookups use OAuth again. If somebody disabled it because OAuth failed, they fail with that error instead.',
    },
    {
      id: 'fb9-minimal-hybrid',
      title: 'The wizard ran as Minimal Hybrid',
      why: 'Minimal sets up moves and no trust: neither connectors nor relationships are made.',
      proof: [{ on: 'cloud', run: 'Get-IntraOrganizationConnector; Get-OrganizationRelationship', expect: 'Nothing' }],
      repair: [{ on: 'wizard', act: 'Run the Hybrid Configuration Wizard again and choose Full (Classic or Modern).' }],
      risk: 'Full hybrid adds connectors for mail flow as well; look at the plan before it is applied.',
    },
    {
      id: 'fb9-target-address',
      title: 'The person’s target address has a domain that nobody configured',
      why: 'The target address replaces the address that was typed, and its domain decides.',
      explains: ['fb11-proxy-address'],
      proof: [{ on: 'cloud', run: 'Get-MailUser <on-premises user> | Format-List ExternalEmailAddress', expect: 'A domain other than the expected one' }],
      repair: [{ on: 'cloud', run: 'Set-MailUser <on-premises user> -ExternalEmailAddress <on-premises user>' }],
      risk: 'Mail is routed to the new target address too. Synchronised users are changed on premises.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'When you add an accepted domain, run the wizard again.',
  references: [errorTable('9'), movingParts, resolveErrorsAt('47932')],
};
