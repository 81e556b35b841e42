import { overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

/** As in the field, nobody can roll the gateway's key back: undone is what the organisation knows of it. */
export const gatewayRolled: Fault = {
  id: 'fb15-gateway-rolled',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) =>
    together(await overDelegation(sessions), {
      // The service keeps its own copy up to date by itself.
      inject: [{ rollSigningKey: true }, { session: 'Cloud', cmdlet: 'Set-FederationTrust', parameters: { Identity: 'MicrosoftOnline', RefreshMetadata: true } }],
      undo: [{ session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: 'Microsoft Federation Gateway', RefreshMetadata: true } }],
    }),
};
