import { mailHost, signInFault, world } from './fault.ts';

export const hostRewrite = signInFault('h5-host-rewrite', async () => world('h5-host-rewrite', { kind: 'device', hosts: [mailHost], from: ['outside'], host: 'ex1.corp.contoso.test' }));
