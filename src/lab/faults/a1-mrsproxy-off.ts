import { changed } from './fault.ts';
import type { Fault } from './fault.ts';

export const mrsProxyOff: Fault = { id: 'a1-mrsproxy-off', symptom: { move: true }, trust: 'any', plan: (sessions) => changed(sessions, 'OnPremises', 'WebServicesVirtualDirectory', { MRSProxyEnabled: false }) };
