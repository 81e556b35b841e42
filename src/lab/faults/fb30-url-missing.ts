import { changed, toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

/** As after the installation of a server that nobody has configured. */
export const urlMissing: Fault = { id: 'fb30-url-missing', symptom: toCloud, trust: 'any', plan: (sessions) => changed(sessions, 'OnPremises', 'WebServicesVirtualDirectory', { InternalUrl: null, ExternalUrl: null }) };
