import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const flighting: Failure = {
  id: 'H3',
  title: 'Flighting is not enabled for domain (4000000)',
  texts: ['Flighting is not enabled for domain', '4000000;reason="Flighting is not enabled for domain \'…\'.";error_category="oauth_not_available"'],
  marks: ['error_category="oauth_not_available"', '4000000;reason'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'Two switches rule modern authentication. The default authorization endpoint is on, so the challenge invites the client; the one for Outlook on Windows is off, so the diagnostics take it back. Macs and phones work at the same time.',
  causes: [
    {
      id: 'h3-profile-off',
      title: 'OAuth2ClientProfileEnabled is False',
      why: 'It is the second of the two commands that switch hybrid modern authentication on.',
      proof: [{ on: 'on-premises', run: 'Get-OrganizationConfig | Format-List OAuth2ClientProfileEnabled', expect: 'False' }],
      repair: [{ on: 'on-premises', run: 'Set-OrganizationConfig -OAuth2ClientProfileEnabled $true' }],
      risk: 'Outlook for Windows is sent to the cloud to sign in: everybody at once. Do it outside working hours.',
    },
    {
      id: 'h3-cached',
      title: 'It is True, and the server has not noticed yet',
      why: 'Servers keep organisation settings for some minutes.',
      proof: [{ on: 'on-premises', run: 'Get-OrganizationConfig | Format-List OAuth2ClientProfileEnabled, WhenChangedUTC', expect: 'True, changed a moment ago' }],
      repair: [{ on: 'server', run: 'iisreset /noforce', expect: 'Or wait' }],
      risk: 'iisreset interrupts every client of the server for a moment.',
    },
  ],
  check: [{ on: 'client', act: 'Restart Outlook; the sign-in window of the cloud appears.' }],
  prevention: 'Run both commands in one script.',
  references: [configureHma, announcingHma],
};
