import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrorsAt } from '../references.ts';

export const invalidUser: Failure = {
  id: 'FB11',
  title: 'Autodiscover failed due to an error in user setting ExternalEwsUrl: InvalidUser',
  message: "Autodiscover failed for email address … with error Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverInvalidUserException: The response from the Autodiscover service at 'https://…/autodiscover/autodiscover.svc/WSSecurity' failed due to an error in user setting 'ExternalEwsUrl'. Error message: InvalidUser.",
  texts: ["failed due to an error in user setting 'ExternalEwsUrl'. Error message: InvalidUser."],
  marks: ['LID: 33676', 'AutoDiscoverInvalidUserException'],
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['DAuth'],
  underneath: 'The Autodiscover service of the other side answered, and said that it does not know the address that was asked for. In a hybrid deployment it is the target address, which ends in tenant.mail.onmicrosoft.com. Microsoft names the same check for the other direction: a cloud user who asks needs such an address as well.',
  causes: [
    {
      id: 'fb11-proxy-address',
      title: 'The cloud mailbox lacks its tenant.mail.onmicrosoft.com address',
      why: 'The target address is looked up among the mailbox’s addresses. E-mail address policies that were not applied, or a mailbox that was never synchronised, leave it out.',
      proof: [
        { on: 'cloud', run: 'Get-Mailbox <cloud user> | Format-List EmailAddresses', expect: 'No smtp address of the coexistence domain' },
        { on: 'on-premises', run: 'Get-RemoteMailbox <cloud user> | Format-List RemoteRoutingAddress' },
      ],
      repair: [
        { on: 'cloud', run: 'Set-Mailbox -Identity <cloud user> -EmailAddresses @{add="smtp:<routing address>"}' },
        { on: 'on-premises', act: 'Where the user is synchronised, add it to the remote mailbox on premises instead and run Start-ADSyncSyncCycle -PolicyType Delta.' },
      ],
      risk: 'None.',
    },
    {
      id: 'fb11-autodiscover-elsewhere',
      title: 'Autodiscover of the target domain leads to the wrong organisation',
      why: 'An endpoint that serves another organisation answers, and does not know the user.',
      explains: ['fb3-application-uri'],
      proof: [{ on: 'cloud', run: 'Get-OrganizationRelationship | Format-List Name, TargetAutodiscoverEpr, TargetSharingEpr', expect: 'A host of another organisation' }],
      repair: [{ on: 'cloud', run: 'Set-OrganizationRelationship "<cloud relationship>" -TargetSharingEpr https://<on-premises host>/EWS/Exchange.asmx' }],
      risk: 'With TargetSharingEpr Autodiscover is no longer asked; a later change of the host must be repeated here.',
    },
    {
      id: 'fb11-stale-cloud-trust',
      title: 'The tenant’s own federation trust is of an old kind',
      why: 'See FB10: identifiers 292841 and outlook.live.com.',
      clues: ['292841', 'outlook.live.com'],
      see: 'FB10',
      proof: [{ on: 'cloud', run: 'Get-FederationTrust | Format-List Name, ApplicationIdentifier, ApplicationUri', expect: '292841 or outlook.live.com' }],
      repair: [{ on: 'cloud', act: 'Open a support case with Microsoft.' }],
      risk: 'None.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Let the e-mail address policy add smtp:%m@tenant.mail.onmicrosoft.com, and look for recipients with EmailAddressPolicyEnabled False.',
  references: [errorTable('11'), resolveErrorsAt('33676')],
};
