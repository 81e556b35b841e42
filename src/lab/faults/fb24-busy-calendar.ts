import { worldly } from './fault.ts';

/** More than a thousand entries in a day. Who asks is a colleague in the same organisation. */
export const busyCalendar = worldly('fb24-busy-calendar', () => [{ kind: 'crowdedCalendar', side: 'cloud', address: 'room5@contoso.test', entries: 1_100 }], { symptom: { asker: 'anna', whom: 'room5@contoso.test' }, trust: 'any' });
