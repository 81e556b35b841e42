import { toOnPremises, withoutBert } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb14-not-synchronised';

export const targetNotSynchronised: Fault = { id, symptom: toOnPremises, trust: 'any', plan: async () => withoutBert(id) };
