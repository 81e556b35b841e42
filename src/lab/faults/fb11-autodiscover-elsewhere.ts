import { changed, overDelegation, together, toOnPremises } from './fault.ts';
import { labNames } from '../lab-names.ts';
import type { Fault } from './fault.ts';

/** Of the tenant itself, which knows the person as somebody who is elsewhere. */
export const autodiscoverElsewhere: Fault = {
  id: 'fb11-autodiscover-elsewhere',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) =>
    together(await changed(sessions, 'Cloud', 'OrganizationRelationship', { TargetSharingEpr: null, TargetAutodiscoverEpr: `https://${labNames.cloud.autodiscover}/autodiscover/autodiscover.svc/WSSecurity`, TargetApplicationUri: 'outlook.com' }), await overDelegation(sessions)),
};
