import { toCloud, withoutBert } from './fault.ts';
import type { Fault } from './fault.ts';

export const notSynchronised: Fault = { id: 'fb33-not-synchronised', symptom: toCloud, trust: 'OAuth', plan: withoutBert };
