import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const revokedGrant: Failure = {
  id: 'H8',
  title: 'AADSTS50173: The provided grant has expired due to it being revoked',
  texts: ['AADSTS50173: The provided grant has expired due to it being revoked.', 'The user might have changed or reset their password. The grant was issued on', 'the TokensValidFrom date for this user is'],
  marks: ['AADSTS50173', '"error_codes":[50173]'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'The client wanted a new access token for its refresh token. That one is older than the moment from which the tenant takes this user’s tokens.',
  causes: [
    {
      id: 'h8-password-changed',
      title: 'The user’s password was changed or reset',
      why: 'A change of password moves TokensValidFrom.',
      proof: [{ on: 'tenant', run: 'Get-MgUser -UserId <user> -Property LastPasswordChangeDateTime, SignInSessionsValidFromDateTime | Format-List LastPasswordChangeDateTime, SignInSessionsValidFromDateTime', expect: 'Later than the grant in the error' }],
      repair: [{ on: 'client', act: 'Sign in again. If no window appears, remove the MicrosoftOffice16 entries in Credential Manager and restart Outlook.' }],
      risk: 'None.',
    },
    {
      id: 'h8-sessions-revoked',
      title: 'An administrator revoked the user’s sessions',
      why: 'Revocation moves the same date without a new password.',
      proof: [{ on: 'tenant', act: 'Audit log of the tenant: StsRefreshTokenValidFrom Timestamp updated.' }],
      repair: [{ on: 'client', act: 'Sign in again, after asking why: it may have been a response to an incident.' }],
      risk: 'None.',
    },
  ],
  check: [{ on: 'client', act: 'Outlook connects without asking again.' }],
  prevention: 'Tell users that a new password means one more sign-in per device.',
  references: [configureHma, announcingHma],
};
