import { changed, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const applicationUri: Fault = {
  id: 'w2-application-uri',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), await changed(sessions, 'Cloud', 'OrganizationRelationship', { TargetApplicationUri: 'fydibohf25spdlt.contoso-old.test' })),
};
