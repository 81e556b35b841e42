import { mailHost, worldly } from './fault.ts';

export const renamingDevice = worldly('fb34-renaming-device', () => [{ kind: 'device', hosts: [mailHost], host: mailHost }]);
