import { signInFault } from './fault.ts';
import type { FaultStep } from './fault.ts';

const set = (OAuth2ClientProfileEnabled: boolean): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-OrganizationConfig', parameters: { OAuth2ClientProfileEnabled } });

export const profileOff = signInFault('h3-profile-off', async () => ({ inject: [set(false)], undo: [set(true)] }));
