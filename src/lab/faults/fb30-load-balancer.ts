import { autodiscoverHost, toCloud, world } from './fault.ts';
import type { Fault } from './fault.ts';

export const loadBalancer: Fault = {
  id: 'fb30-load-balancer',
  symptom: toCloud,
  trust: 'any',
  plan: async () => world('fb30-load-balancer', { kind: 'device', hosts: [autodiscoverHost], from: ['outside'], answers: [{ path: '^/autodiscover/autodiscover[.]xml', status: 503, headers: { server: 'BigIP', 'content-type': 'text/html' }, body: '<h1>Service Unavailable</h1>' }] }),
};
