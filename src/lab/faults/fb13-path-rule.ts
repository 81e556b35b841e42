import { deniedByTmg } from './denied-by-tmg.ts';
import { mailHost, worldly } from './fault.ts';

export const pathRule = worldly('fb13-path-rule', () => [{ kind: 'device', hosts: [mailHost], answers: [{ path: '/wssecurity$', ...deniedByTmg }] }], { trust: 'DAuth' });
