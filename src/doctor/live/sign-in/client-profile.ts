import { fail, pass } from '../free-busy-case.ts';
import type { Finding } from '../free-busy-case.ts';
import { signInSession } from './on-premises.ts';
import type { SignInProbe } from './sign-in-case.ts';

export const clientProfile: SignInProbe = {
  id: 'client-profile',
  title: 'OAuth2ClientProfileEnabled',
  async run(given) {
    const [organization] = await signInSession(given, 'OnPremises').invoke('Get-OrganizationConfig');
    if (organization?.['OAuth2ClientProfileEnabled'] === true) return pass('True');
    const set = (OAuth2ClientProfileEnabled: boolean): Finding['repair'] => [{ session: 'OnPremises', cmdlet: 'Set-OrganizationConfig', parameters: { OAuth2ClientProfileEnabled } }];
    return fail('False', { cause: 'h3-profile-off', proof: 'Get-OrganizationConfig: OAuth2ClientProfileEnabled is False; Outlook for Windows is kept out.', repair: set(true), undo: set(false) });
  },
};
