import { bert, changed, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

export const targetAddress: Fault = {
  id: 'fb9-target-address',
  symptom: toOnPremises,
  trust: 'any',
  plan: (sessions) => changed(sessions, 'Cloud', 'MailUser', { ExternalEmailAddress: 'bert@contoso-old.test' }, bert),
};
