import { labNames } from '../lab-names.ts';
import { world } from './fault.ts';
import type { Fault } from './fault.ts';

/** The machine of who runs the wizard may go everywhere but there. */
export const wizardConnection: Fault = { id: 'w1-connection', symptom: { setUp: true }, trust: 'OAuth', plan: async () => world('w1-connection', { kind: 'firewall', to: labNames.directory, action: 'refuse', from: ['outside'] }) };
