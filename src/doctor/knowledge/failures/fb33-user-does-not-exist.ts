import { premisesLookAgain, testOAuthFromPremises } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const userDoesNotExist: Failure = {
  id: 'FB33',
  title: 'The user specified by the user-context in the token does not exist (2000005)',
  message: 'The user specified by the user-context in the token does not exist.";error_category="invalid_user". 401: Unauthorized',
  texts: ['The user specified by the user-context in the token does not exist.'],
  marks: ['The user specified by the user', 'error_category="invalid_user"', 'user-context in the token', 'in the token does not exist'],
  directions: ['on-premises → cloud'],
  authentication: ['OAuth'],
  underneath: 'The token was good, and the responder’s directory has nobody with the UPN, SMTP or SIP address or the SID that it names.',
  causes: [
    {
      id: 'fb33-not-synchronised',
      title: 'The asking user is not synchronised to the cloud',
      why: 'Without a mail user object in the tenant the cloud does not know who asks.',
      proof: [{ on: 'cloud', run: 'Get-Recipient <on-premises user>', expect: 'The object couldn’t be found' }, { ...testOAuthFromPremises, expect: 'The same reason' }],
      repair: [{ on: 'server', act: 'Bring the user into the scope of directory synchronisation.' }, { on: 'server', run: 'Start-ADSyncSyncCycle -PolicyType Delta' }],
      risk: 'Everything that waits is synchronised too.',
    },
    {
      id: 'fb33-names-differ',
      title: 'The user exists in the cloud under other names',
      why: 'UPN suffixes that are not verified become tenant.onmicrosoft.com, and the addresses were never aligned.',
      proof: [{ on: 'cloud', run: 'Get-MailUser -Filter "DisplayName -eq \'<name>\'" | Format-List UserPrincipalName, EmailAddresses', expect: 'None of the names that the user has on premises' }],
      repair: [{ on: 'on-premises', act: 'Give the user a verified UPN suffix and the same primary address, and synchronise.' }],
      risk: 'The user signs in with the new name from then on.',
    },
  ],
  check: [testOAuthFromPremises, ...premisesLookAgain],
  prevention: 'Synchronise everybody who has a mailbox, and read the synchronisation’s errors.',
  references: [errorTable('33'), resolveErrors],
};
