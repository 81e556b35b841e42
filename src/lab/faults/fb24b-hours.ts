import { worldly } from './fault.ts';

/** A night shift, as an old version kept it: from 22:00 to 06:00. */
export const workingHours = worldly('fb24b-hours', () => [{ kind: 'workingHours', side: 'cloud', address: 'room5@contoso.test', start: 22 * 60, end: 6 * 60 }], { symptom: { asker: 'anna', whom: 'room5@contoso.test' }, trust: 'any' });
