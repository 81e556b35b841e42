import { classic } from './classic.ts';
import { mailHost, overDelegation, together, toOnPremises, world } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb7-wssecurity-stuck';

export const wssecurityResets: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await classic(sessions), await overDelegation(sessions), world(id, { kind: 'device', hosts: [mailHost], answers: [{ path: '/wssecurity$', status: 0 }] })),
};
