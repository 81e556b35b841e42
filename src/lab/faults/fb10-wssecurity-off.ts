import { changed, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const wssecurityOff: Fault = {
  id: 'fb10-wssecurity-off',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), await changed(sessions, 'OnPremises', 'WebServicesVirtualDirectory', { WSSecurityAuthentication: false })),
};
