import { changed, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const requesterDomain: Fault = {
  id: 'fb12-requester-domain',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), await changed(sessions, 'OnPremises', 'OrganizationRelationship', { DomainNames: ['contoso-old.onmicrosoft.test'] })),
};
