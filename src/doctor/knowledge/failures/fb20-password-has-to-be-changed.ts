import { cloudLooksAgain, testRelationshipFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const passwordHasToBeChanged: Failure = {
  id: 'FB20',
  title: 'The password has to be changed, or the password for the account has expired',
  texts: ['The password has to be changed.', 'The password for the account has expired'],
  marks: ['The password for the account', 'The password has to be', 'The password has to be changed', 'password for the account has expired'],
  unless: ['Login failed for user'],
  directions: ['cloud → on-premises'],
  authentication: ['DAuth'],
  underneath: 'The gateway gives no delegation token for a user whose cloud password has expired or must be changed, even though that user signs in through a federation server and never uses the cloud password.',
  causes: [
    {
      id: 'fb20-expired',
      title: 'The user’s cloud password has expired',
      why: 'Synchronised users without password hash synchronisation have a cloud password that nobody knows and that ages. (Older instructions say Set-MsolUser -PasswordNeverExpires; the MSOnline module is retired.)',
      clues: ['has expired'],
      proof: [{ ...testRelationshipFromCloud, expect: 'FailureToGetDelegationToken: The password for the account has expired' }],
      repair: [{ on: 'tenant', run: 'Update-MgUser -UserId <cloud user> -PasswordPolicies DisablePasswordExpiration' }],
      risk: 'The cloud password no longer ages. With password hash synchronisation the on-premises policy rules anyway.',
    },
    {
      id: 'fb20-change-required',
      title: 'The user must change the password at the next sign-in',
      why: 'An administrator’s reset sets this mark, and a federated user never gets to the page that would clear it. (Older instructions say Set-MsolUserPassword.)',
      clues: ['has to be changed'],
      proof: [{ ...testRelationshipFromCloud, expect: 'FailureToGetDelegationToken: The password has to be changed' }],
      repair: [{ on: 'tenant', run: 'Update-MgUser -UserId <cloud user> -PasswordProfile @{ForceChangePasswordNextSignIn=$false}', expect: 'Without Password= the password stays, and only the mark goes. If the error stays too, give a new one: @{Password="<new password>"; ForceChangePasswordNextSignIn=$false}' }],
      risk: 'Without a new password none: whoever knows the old one goes on. A new password ends the person’s sessions; that of a synchronised user is reset in Active Directory instead.',
    },
  ],
  check: [testRelationshipFromCloud, ...cloudLooksAgain],
  prevention: 'Switch password hash synchronisation on, also beside federation.',
  references: [errorTable('20'), resolveErrors],
};
