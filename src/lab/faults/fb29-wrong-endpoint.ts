import { changed, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

/** Over OAuth the token service would refuse a token for that name before anybody looks it up. */
export const wrongEndpoint: Fault = {
  id: 'fb29-wrong-endpoint',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), await changed(sessions, 'Cloud', 'OrganizationRelationship', { TargetSharingEpr: 'https://ex1.corp.contoso.test/EWS/Exchange.asmx' })),
};
