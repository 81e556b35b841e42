import { cloudLooksAgain, testOAuthFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

const roles = ['UserApplication', 'ArchiveApplication', 'LegalHoldApplication', 'Mailbox Search', 'TeamMailboxLifecycleApplication', 'MailboxSearchApplication', 'MeetingGraphApplication'];

export const linkedAccount: Failure = {
  id: 'FB18',
  title: 'The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled',
  message: 'System.Web.Services.Protocols.SoapException: The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled.',
  texts: ['The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled.'],
  marks: ['missing a linked account'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth'],
  underneath: 'Exchange Online calls as a partner application. What it may do on premises is what the application’s linked account may do, so there must be such an account with application roles; and the user it speaks for must not be disabled.',
  causes: [
    {
      id: 'fb18-no-linked-account',
      title: 'The partner application has no linked account',
      why: 'The account was deleted, or the link was lost when the application was made anew.',
      proof: [{ on: 'on-premises', run: 'Get-PartnerApplication | Format-List Name, LinkedAccount', expect: 'LinkedAccount is empty' }],
      repair: [{ on: 'on-premises', run: 'Set-PartnerApplication -Identity "Exchange Online" -LinkedAccount "<linked account>"' }, { on: 'server', run: 'iisreset /noforce' }],
      risk: 'iisreset interrupts every client of the server for a moment. If the account itself is gone, restore it or run setup /PrepareAD first.',
    },
    {
      id: 'fb18-no-roles',
      title: 'The linked account has no role assignments',
      why: 'The account was made by hand, or its assignments were cleaned up.',
      proof: [{ on: 'on-premises', run: 'Get-ManagementRoleAssignment -RoleAssignee "Exchange Online-ApplicationAccount" | Format-Table Name, Role', expect: `Nothing, or fewer than: ${roles.join(', ')}` }],
      repair: roles.map((role) => ({ on: 'on-premises' as const, run: `New-ManagementRoleAssignment -Role "${role}" -User "Exchange Online-ApplicationAccount"` })),
      risk: 'The application may again do what these seven roles allow, as the wizard sets it up.',
    },
    {
      id: 'fb18-user-disabled',
      title: 'The asking user’s account is disabled on premises',
      why: 'The cloud user signs in with cloud credentials and works, while their on-premises account was disabled, for example with a shared mailbox.',
      proof: [{ on: 'server', run: 'Get-ADUser -Filter "UserPrincipalName -eq \'<cloud user>\'" | Format-List Enabled', expect: 'False (in Hybridge: Get-RemoteMailbox <cloud user> | Format-List AccountDisabled)' }],
      repair: [{ on: 'server', run: 'Get-ADUser -Filter "UserPrincipalName -eq \'<cloud user>\'" | Enable-ADAccount', expect: 'In Hybridge: Set-RemoteMailbox -Identity <cloud user> -AccountDisabled $false' }],
      risk: 'The account can sign in on premises again: ask why it was disabled.',
    },
  ],
  check: [testOAuthFromCloud, ...cloudLooksAgain],
  prevention: 'Keep “Exchange Online-ApplicationAccount” out of clean-ups of disabled accounts: it is meant to be disabled.',
  references: [errorTable('18'), resolveErrors],
};
