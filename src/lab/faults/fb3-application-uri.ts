import { one, overDelegation, toOnPremises, together, world } from './fault.ts';
import { labNames } from '../lab-names.ts';
import type { Fault, FaultStep } from './fault.ts';
import { registeredOnPremises } from './registered-on-premises.ts';

const id = 'fb3-application-uri';
const other = `sales.${labNames.domain}`;

/** The organisation on premises was federated anew, under another name. */
export const otherNamespace: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'DAuth',
  async plan(sessions) {
    const registration = await registeredOnPremises(sessions);
    const { Proof } = await one(sessions, 'OnPremises', 'Get-FederatedDomainProof', { DomainName: other });
    const federate = (AccountNamespace: string): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-FederatedOrganizationIdentifier', parameters: { DelegationFederationTrust: 'Microsoft Federation Gateway', AccountNamespace } });
    return together(await overDelegation(sessions), world(id, { kind: 'text', name: other, text: String(Proof) }), {
      inject: [federate(other)],
      // The gateway goes on knowing the other name, too; its operator takes it out.
      undo: [federate(labNames.domain), { loseRegistration: registration.applicationId }, { restoreRegistration: registration }],
    });
  },
};
