import { cloudLooksAgain, testRelationshipFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const passwordsDoNotMatch: Failure = {
  id: 'FB19',
  title: 'The entered and stored passwords do not match',
  message: 'Soap fault exception received. The entered and stored passwords do not match',
  texts: ['The entered and stored passwords do not match'],
  directions: ['cloud → on-premises'],
  authentication: ['DAuth'],
  underneath: 'Nobody entered a password. The gateway keeps a record of the user beside the directory, and the two have drifted apart; it says so in the words of a sign-in. The user can work normally and only delegation tokens are refused.',
  causes: [
    {
      id: 'fb19-credential-drift',
      title: 'The gateway’s record of the user’s credentials is out of step',
      why: 'It is written when the password or the sign-in name changes; one such write was lost. (Older instructions say Set-MsolUserPassword and Set-MsolUserPrincipalName; the MSOnline module is retired.)',
      proof: [{ ...testRelationshipFromCloud, expect: 'FailureToGetDelegationToken, with the same sentence' }],
      repair: [
        { on: 'tenant', run: 'Update-MgUser -UserId <cloud user> -PasswordProfile @{Password="<new password>"; ForceChangePasswordNextSignIn=$false}' },
        { on: 'tenant', run: 'Update-MgUser -UserId <cloud user> -UserPrincipalName <alias>@<tenant domain>; Update-MgUser -UserId <alias>@<tenant domain> -UserPrincipalName <cloud user>' },
      ],
      risk: 'A new password ends the user’s sessions. That of a synchronised user is reset in Active Directory instead. While the name is flipped the user cannot sign in with the usual one.',
    },
    {
      id: 'fb19-immutable-id',
      sameStateAs: 'fb23-immutable-id',
      title: 'An ImmutableId is set on the mailbox',
      why: 'The token is then asked for by that value, which belongs to no credentials.',
      clues: ['ImmutableId'],
      see: 'FB23',
      proof: [{ on: 'cloud', run: 'Get-Mailbox <cloud user> | Format-List UserPrincipalName, ImmutableId', expect: 'ImmutableId has a value' }],
      repair: [{ on: 'on-premises', run: 'Set-RemoteMailbox <cloud user> -ImmutableId $null' }, { on: 'server', run: 'Start-ADSyncSyncCycle -PolicyType Delta' }],
      risk: 'None. Where it is empty already, set it to the user’s UPN, synchronise, and empty it again: that writes the record anew.',
    },
  ],
  check: [testRelationshipFromCloud, ...cloudLooksAgain],
  prevention: 'Use OAuth for free/busy: it asks no gateway for a record of each user.',
  references: [errorTable('19'), resolveErrors],
};
