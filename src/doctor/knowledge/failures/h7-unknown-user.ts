import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const unknownUser: Failure = {
  id: 'H7',
  title: 'The user specified by the user-context in the token does not exist (2000005), at sign-in',
  texts: ['The user specified by the user-context in the token does not exist.'],
  marks: ['The user specified by the user', 'error_category="invalid_user"', 'user-context in the token', 'in the token does not exist'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'The user signed in to the cloud and brought a good token. Exchange finds no mailbox user with the UPN or the on-premises SID that stands in it.',
  causes: [
    {
      id: 'h7-not-matched',
      title: 'The cloud account is not the synchronised twin of the mailbox’s account',
      why: 'A cloud-only account with the same or a similar name has another UPN and no on-premises SID.',
      proof: [{ on: 'tenant', run: 'Get-MgUser -UserId <user> -Property UserPrincipalName, OnPremisesImmutableId | Format-List UserPrincipalName, OnPremisesImmutableId', expect: 'OnPremisesImmutableId is empty' }, { on: 'on-premises', run: 'Get-Mailbox -Filter "UserPrincipalName -eq \'<user>\'"', expect: 'Nothing' }],
      repair: [{ on: 'server', act: 'Bring the account into synchronisation and match it (same UPN and primary address), then Start-ADSyncSyncCycle -PolicyType Delta.' }],
      risk: 'A matched cloud account takes over the attributes of the one on premises.',
    },
    {
      id: 'h7-upn-differs',
      title: 'The UPN was changed on one side only',
      why: 'Exchange compares the token’s UPN with the directory’s.',
      proof: [{ on: 'on-premises', run: 'Get-Mailbox <user> | Format-List UserPrincipalName', expect: 'Not the name with which the user signs in' }],
      repair: [{ on: 'on-premises', run: 'Set-Mailbox -Identity <user> -UserPrincipalName <user>' }],
      risk: 'The user signs in to the domain with the new name too.',
    },
  ],
  check: [{ on: 'client', act: 'Sign out of Outlook’s account, sign in again.' }],
  prevention: 'Synchronise everybody before you switch: hybrid modern authentication applies to all users at once.',
  references: [configureHma, announcingHma],
};
