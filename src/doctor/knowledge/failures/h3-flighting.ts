import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const flighting: Failure = {
  id: 'H3',
  title: 'Flighting is not enabled for domain (4000000)',
  texts: ['Flighting is not enabled for domain', '4000000;reason="Flighting is not enabled for domain \'…\'.";error_category="oauth_not_available"'],
  marks: ['error_category="oauth_not_available"', '4000000;reason'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'Two switches rule hybrid modern authentication. The first, the default authorization endpoint, is on, so that the challenge invites clients to bring a token. The second, for Outlook on Windows, is off, and Exchange refuses the token with 4000000 in x-ms-diagnostics. Macs and phones work all the while.',
  causes: [
    {
      id: 'h3-profile-off',
      title: 'OAuth2ClientProfileEnabled is False',
      why: 'It is the second of the two commands that switch hybrid modern authentication on.',
      proof: [{ on: 'on-premises', run: 'Get-OrganizationConfig | Format-List OAuth2ClientProfileEnabled', expect: 'False' }],
      repair: [{ on: 'on-premises', run: 'Set-OrganizationConfig -OAuth2ClientProfileEnabled $true' }],
      risk: 'From then on every Outlook for Windows must sign in to the cloud. Do it outside working hours. Undo: the same command with $false.',
    },
    {
      id: 'h3-cached',
      title: 'It is True, and the server has not noticed yet',
      why: 'Servers keep organisation settings for some minutes.',
      proof: [{ on: 'on-premises', run: 'Get-OrganizationConfig | Format-List OAuth2ClientProfileEnabled, WhenChangedUTC', expect: 'True, changed a moment ago' }],
      repair: [{ on: 'server', run: 'iisreset /noforce', expect: 'On each server; or wait' }],
      risk: 'iisreset interrupts every client of the server for a moment.',
    },
  ],
  check: [{ on: 'client', act: 'Restart Outlook; the sign-in window of the cloud appears.' }],
  prevention: 'Run both commands in one script.',
  references: [configureHma, announcingHma],
};
