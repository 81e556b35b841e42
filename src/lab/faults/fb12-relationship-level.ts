import { changed, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const relationshipLevel: Fault = {
  id: 'fb12-relationship-level',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), await changed(sessions, 'OnPremises', 'OrganizationRelationship', { FreeBusyAccessLevel: 'None' })),
};
