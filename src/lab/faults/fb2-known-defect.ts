import { worldly } from './fault.ts';

export const defectOf2013 = worldly('fb2-known-defect', () => [{ kind: 'serverVersion', version: 'Version 15.0 (Build 1210.3)' }]);
