import { cloudLooksAgain, testRelationshipFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const memberNameInvalid: Failure = {
  id: 'FB23',
  title: 'The specified member name is either invalid or empty',
  texts: ['The specified member name is either invalid or empty.', 'isn\'t correct. Please use this format: user name, the @ sign, followed by the domain name. For example, tonysmith@contoso.com or tony.smith@contoso.com.'],
  marks: ['wst:FailedAuthentication', '0x80041034', '0x80048821'],
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['DAuth'],
  underneath: 'The gateway was asked for a token on behalf of a name that it cannot read as a member name. That name is the mailbox’s ImmutableId where there is one, else the user’s address.',
  causes: [
    {
      id: 'fb23-immutable-id',
      title: 'The mailbox has an ImmutableId',
      why: 'Some synchronisation tools write the directory’s anchor (a Base64 value) into it. It must be empty.',
      clues: ['ImmutableId', 'FormatException', '=='],
      proof: [
        { on: 'cloud', run: 'Get-Mailbox <cloud user> | Format-List UserPrincipalName, ImmutableId', expect: 'ImmutableId has a value' },
        { ...testRelationshipFromCloud, expect: 'FormatException: The email address "…==" isn’t correct' },
      ],
      repair: [{ on: 'cloud', run: 'Set-Mailbox -Identity <cloud user> -ImmutableId $null' }, { on: 'on-premises', act: 'Where the user is synchronised: Set-RemoteMailbox <cloud user> -ImmutableId $null, then Start-ADSyncSyncCycle -PolicyType Delta.' }],
      risk: 'None: nothing else in hybrid uses it.',
    },
    {
      id: 'fb23-directory-drift',
      title: 'The gateway’s record of the user is inconsistent',
      why: 'The name that the gateway keeps was never updated. (Older instructions say Set-MsolUserPrincipalName; the MSOnline module is retired.)',
      proof: [{ on: 'cloud', run: 'Get-Mailbox <cloud user> | Format-List ImmutableId', expect: 'Empty, while the error stays' }],
      repair: [{ on: 'tenant', run: 'Update-MgUser -UserId <cloud user> -UserPrincipalName <alias>@<tenant domain>; Update-MgUser -UserId <alias>@<tenant domain> -UserPrincipalName <cloud user>' }],
      risk: 'Between the two commands the user cannot sign in with the usual name.',
    },
    {
      id: 'fb23-federation-server',
      title: 'The organisation’s own federation server (ADFS) refuses',
      why: 'For federated domains the gateway relies on it: an endpoint that is off or a broken claim rule ends here.',
      clues: ['ADFS'],
      proof: [{ on: 'server', act: 'Event log AD FS/Admin at the time of the lookup.' }],
      repair: [{ on: 'server', act: 'Restore the issuance rules of the Office 365 relying party trust (Microsoft Entra Connect, Manage federation, Reset trust; formerly Update-MsolFederatedDomain).' }],
      risk: 'Own claim rules of that trust are overwritten; export them before.',
    },
  ],
  check: [testRelationshipFromCloud, ...cloudLooksAgain],
  prevention: 'Never write ImmutableId of mailboxes; use OAuth for free/busy.',
  references: [errorTable('23'), resolveErrors],
};
