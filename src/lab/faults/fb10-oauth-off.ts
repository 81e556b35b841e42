import { changed, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

export const oauthOff: Fault = {
  id: 'fb10-oauth-off',
  symptom: toOnPremises,
  trust: 'OAuth',
  plan: (sessions) => changed(sessions, 'OnPremises', 'WebServicesVirtualDirectory', { OAuthAuthentication: false }),
};
