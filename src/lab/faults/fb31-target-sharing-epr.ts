import { changed, overDelegation, together, toOnPremises, world } from './fault.ts';
import { labNames } from '../lab-names.ts';
import type { Fault } from './fault.ts';

const id = 'fb31-target-sharing-epr';
const www = 'www.contoso.test';

/** The address is that of the company's web site. */
export const redirectingEpr: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) =>
    together(
      world(id, { kind: 'record', name: www, leadsTo: labNames.onPremises.mail }, { kind: 'device', hosts: [www], answers: [{ path: '.', status: 302, headers: { location: `https://${www}/welcome` } }] }),
      await changed(sessions, 'Cloud', 'OrganizationRelationship', { TargetSharingEpr: `https://${www}/` }),
      await overDelegation(sessions),
    ),
};
