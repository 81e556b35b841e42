import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrorsAt } from '../references.ts';

export const ambiguousUser: Failure = {
  id: 'FB6',
  title: 'The user specified by the user-context in the token is ambiguous (2000005)',
  message: 'Proxy web request failed. , inner exception: The request failed with HTTP status 401: Unauthorized diagnostics: 2000005;reason="The user specified by the user-context in the token is ambiguous.";error_category="invalid_user"',
  texts: ['The user specified by the user-context in the token is ambiguous.'],
  marks: ['The user specified by the user', 'error_category="invalid_user"', 'user-context in the token', 'in the token is ambiguous'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth'],
  underneath: 'The token says who asks by UPN, SMTP and SIP address. The responder searches its directory for all of them at once and must find one object; it found several.',
  causes: [
    {
      id: 'fb6-duplicate-upn',
      title: 'Another object has the cloud user’s user principal name',
      why: 'Often a leftover mail user, contact or test account, or two forests joined into one.',
      proof: [{ on: 'on-premises', run: 'Get-Recipient -ResultSize Unlimited -Filter "UserPrincipalName -eq \'<cloud user>\' -or EmailAddresses -eq \'smtp:<cloud user>\' -or EmailAddresses -eq \'sip:<cloud user>\'" | Format-List Name, RecipientType, UserPrincipalName, EmailAddresses', expect: 'Two objects, one with the name as UserPrincipalName' }],
      repair: [{ on: 'on-premises', run: 'Remove-MailUser -Identity "<duplicate>"' }],
      risk: 'Removing a mail user removes its account. Make sure that nobody uses it, or change its UPN instead.',
    },
    {
      id: 'fb6-duplicate-proxy',
      title: 'Another object has the cloud user’s address among its proxy addresses (SMTP or SIP)',
      why: 'Exchange refuses doubles; scripts and directory tools that write proxyAddresses themselves do not.',
      clues: ['proxyAddresses', 'sip:'],
      proof: [{ on: 'on-premises', run: 'Get-ADObject -LDAPFilter "(|(userPrincipalName=<cloud user>)(proxyAddresses=SMTP:<cloud user>)(proxyAddresses=sip:<cloud user>))" -Properties proxyAddresses', expect: 'Two objects' }],
      repair: [{ on: 'on-premises', run: 'Set-MailUser -Identity "<duplicate>" -EmailAddresses @{remove="smtp:<cloud user>"}' }],
      risk: 'Mail to that address no longer reaches the duplicate.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Let IdFix or a scheduled LDAP query look for doubled addresses before every migration batch.',
  references: [errorTable('6'), resolveErrorsAt('43532')],
};
