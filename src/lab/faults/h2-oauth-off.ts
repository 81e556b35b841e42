import { changed, signInFault } from './fault.ts';

export const ewsOauthOff = signInFault('h2-oauth-off', (sessions) => changed(sessions, 'OnPremises', 'WebServicesVirtualDirectory', { OAuthAuthentication: false }), null);
