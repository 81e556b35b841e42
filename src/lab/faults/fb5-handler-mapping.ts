import { classic } from './classic.ts';
import { autodiscoverHost, together, toOnPremises, world } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb5-handler-mapping';

export const handlerMapping: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'OAuth',
  plan: async (sessions) => together(await classic(sessions, null), world(id, { kind: 'device', hosts: [autodiscoverHost], answers: [{ path: '[.]svc', status: 404, headers: { server: 'Microsoft-IIS/10.0', 'content-type': 'text/html' }, body: '<h2>404 - File or directory not found.</h2>' }] })),
};
