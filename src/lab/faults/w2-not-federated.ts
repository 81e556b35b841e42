import { forgetTokens, overDelegation, together, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';
import { registeredOnPremises } from './registered-on-premises.ts';

/** The gateway has lost the registration of the organisation on premises. Its operator can write it anew, from what the organisation itself knows of it. */
export const notFederated: Fault = {
  id: 'w2-not-federated',
  symptom: toOnPremises,
  trust: 'DAuth',
  async plan(sessions) {
    const registration = await registeredOnPremises(sessions);
    return together(await overDelegation(sessions), { inject: [{ loseRegistration: registration.applicationId }, ...(await forgetTokens(sessions))], undo: [{ restoreRegistration: registration }, ...(await forgetTokens(sessions))] });
  },
};
