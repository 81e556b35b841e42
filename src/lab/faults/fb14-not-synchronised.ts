import { toOnPremises, withoutBert } from './fault.ts';
import type { Fault } from './fault.ts';

export const targetNotSynchronised: Fault = { id: 'fb14-not-synchronised', symptom: toOnPremises, trust: 'any', plan: withoutBert };
