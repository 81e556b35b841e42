import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const revokedGrant: Failure = {
  id: 'H8',
  title: 'AADSTS50173: The provided grant has expired due to it being revoked',
  texts: ['AADSTS50173: The provided grant has expired due to it being revoked.', 'The user might have changed or reset their password. The grant was issued on', 'the TokensValidFrom date for this user is'],
  marks: ['AADSTS50173', '"error_codes":[50173]'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'The client offered its refresh token to get a new access token. The tenant keeps a date for each user (TokensValidFrom, in Graph SignInSessionsValidFromDateTime) and takes no refresh token that was issued before it. Nothing is wrong with Exchange: the user has to sign in once more.',
  causes: [
    {
      id: 'h8-password-changed',
      title: 'The user’s password was changed or reset',
      why: 'A new password moves that date, whether the user changed it or an administrator reset it, in the cloud or (where passwords are synchronised) in Active Directory.',
      proof: [{ on: 'tenant', run: 'Get-MgUser -UserId <user> -Property LastPasswordChangeDateTime, SignInSessionsValidFromDateTime | Format-List LastPasswordChangeDateTime, SignInSessionsValidFromDateTime', expect: 'Both later than “The grant was issued on” in the error' }],
      repair: [{ on: 'client', act: 'Sign in again. If no window appears, remove the MicrosoftOffice16 entries in Credential Manager and restart Outlook.' }],
      risk: 'None.',
    },
    {
      id: 'h8-sessions-revoked',
      title: 'An administrator revoked the user’s sessions',
      why: 'Revoke-MgUserSignInSession, “Revoke sessions” in the Entra admin center and automatic responses to a risk move the same date without a new password.',
      proof: [{ on: 'tenant', act: 'LastPasswordChangeDateTime is older than the grant, SignInSessionsValidFromDateTime is not; and the Entra audit log (Get-MgAuditLogDirectoryAudit) has “Update StsRefreshTokenValidFrom Timestamp” for the user, with who did it.' }],
      repair: [{ on: 'client', act: 'Sign in again, after asking why: it may have been a response to an incident.' }],
      risk: 'None.',
    },
  ],
  check: [{ on: 'client', act: 'Outlook connects without asking again.' }],
  prevention: 'It cannot be prevented, nor should it be. Tell users that a new password means one more sign-in on each device; if it hits many at once without one, look for who revoked.',
  references: [configureHma, announcingHma],
};
