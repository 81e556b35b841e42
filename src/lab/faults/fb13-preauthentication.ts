import { deniedByTmg } from './denied-by-tmg.ts';
import { mailHost, worldly } from './fault.ts';

export const tmgPreauthentication = worldly('fb13-preauthentication', () => [{ kind: 'device', hosts: [mailHost], answers: [{ path: '^/(?:ews|autodiscover)', ...deniedByTmg }] }]);
