import { changed, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

export const noLinkedAccount: Fault = {
  id: 'fb18-no-linked-account',
  symptom: toOnPremises,
  trust: 'OAuth',
  plan: (sessions) => changed(sessions, 'OnPremises', 'PartnerApplication', { LinkedAccount: null }),
};
