import { changed, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const autodiscoverEndpoint: Fault = {
  id: 'fb5-endpoint',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) =>
    together(await overDelegation(sessions), await changed(sessions, 'Cloud', 'OrganizationRelationship', { TargetSharingEpr: null, TargetAutodiscoverEpr: 'https://mail.contoso.test/discovery/autodiscover.svc/WSSecurity' })),
};
