import { worldly } from './fault.ts';

export const defectOf2016 = worldly('fb1-known-defect', () => [{ kind: 'serverVersion', version: 'Version 15.1 (Build 1415.2)' }]);
