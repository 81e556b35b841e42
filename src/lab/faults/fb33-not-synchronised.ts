import { toCloud, withoutBert } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb33-not-synchronised';

export const notSynchronised: Fault = { id, symptom: toCloud, trust: 'OAuth', plan: async () => withoutBert(id) };
