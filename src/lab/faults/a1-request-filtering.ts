import { mailHost, world } from './fault.ts';
import type { Fault } from './fault.ts';

export const requestFiltering: Fault = {
  id: 'a1-request-filtering',
  symptom: { move: true },
  trust: 'any',
  plan: async () => world('a1-request-filtering', { kind: 'device', hosts: [mailHost], answers: [{ path: '[.]svc$', status: 403, headers: { server: 'Microsoft-IIS/10.0', 'content-type': 'text/html' }, body: '<h2>403 - Forbidden: Access is denied.</h2>' }] }),
};
