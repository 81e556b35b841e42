import { changed, toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

export const serviceName: Fault = { id: 'fb26-service-name', symptom: toCloud, trust: 'OAuth', plan: (sessions) => changed(sessions, 'OnPremises', 'AuthConfig', { ServiceName: '00000004-0000-0ff1-ce00-000000000000' }) };
