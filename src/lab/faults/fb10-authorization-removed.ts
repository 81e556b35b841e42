import { mailHost, worldly } from './fault.ts';

export const authorizationRemoved = worldly('fb10-authorization-removed', () => [{ kind: 'device', hosts: [mailHost], stripAuthorization: true }]);
