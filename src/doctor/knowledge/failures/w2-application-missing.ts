import { cloudLooksAgain, testRelationshipFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { configureOAuth } from '../references.ts';

export const applicationMissing: Failure = {
  id: 'W2',
  title: "AADSTS901124: Application 'fydibohf25spdlt.<domain>' does not exist",
  texts: ["AADSTS901124: Application 'fydibohf25spdlt.…' does not exist.", 'AADSTS901124'],
  marks: ['wst:FailedAuthentication', 'AADSTS901124', '0x80048800'],
  directions: ['cloud → on-premises'],
  authentication: ['DAuth'],
  underneath: 'The cloud asked the gateway for a token addressed to the on-premises account namespace. The gateway knows no organisation with that name: the federated application is gone, or was never registered.',
  causes: [
    {
      id: 'w2-application-uri',
      title: 'The relationship asks for tokens for a namespace that the other side does not have',
      why: 'TargetApplicationUri was typed by hand, or the other side was federated anew under another name.',
      proof: [
        { on: 'cloud', run: 'Get-OrganizationRelationship | Format-List Name, TargetApplicationUri', expect: 'Not the value of the next command' },
        { on: 'on-premises', run: 'Get-FederationTrust | Format-List ApplicationUri; Get-FederatedOrganizationIdentifier | Format-List AccountNamespace' },
      ],
      repair: [{ on: 'cloud', run: 'Set-OrganizationRelationship -Identity "<cloud relationship>" -TargetApplicationUri <application uri>' }],
      risk: 'None: with the wrong name no lookup of this relationship can work.',
    },
    {
      id: 'w2-not-federated',
      title: 'The on-premises organisation is not, or no longer, federated under that name',
      why: 'The federation trust was removed and made anew, or its registration was lost on Microsoft’s side.',
      proof: [
        { on: 'on-premises', run: 'Get-FederatedOrganizationIdentifier | Format-List AccountNamespace, Domains, Enabled', expect: 'Empty, or another namespace' },
        { on: 'cloud', run: 'Get-OrganizationRelationship | Format-List Name, TargetApplicationUri' },
        { ...testRelationshipFromCloud, expect: 'FailureToGetDelegationToken with AADSTS901124' },
      ],
      repair: [
        { on: 'on-premises', act: 'The better way: set OAuth up (HCW8064, W1) and enable the connectors on both sides; nothing asks the gateway then.' },
        { on: 'on-premises', run: 'Set-FederatedOrganizationIdentifier -DelegationFederationTrust "<federation trust>" -AccountNamespace <domain> -Enabled $true', expect: 'Rebuilds the registration; each domain needs its TXT proof' },
      ],
      risk: 'Removing the identifier stops all sharing over DAuth with other organisations until it is back.',
    },
  ],
  check: [testRelationshipFromCloud, ...cloudLooksAgain],
  prevention: 'Move to OAuth: DAuth depends on registrations that nobody sees until they are gone.',
  references: [{ title: '“Exchange Hybrid: HCW8064 OAuth configuration couldn’t get performed” (field report)', url: 'https://diecknet.de/en/2020/05/01/Exchange-Hybrid-HCW8064-OAuth/' }, configureOAuth],
};
