import type { CmdletInvocation } from '../../management/index.ts';
import { isTrue, listOf, missingFrom, textOf } from '../observed.ts';
import type { SetupStep, StepView, TextRecord } from '../plan.ts';
import { federationTrustName } from './federation-trust.ts';

/**
 * Federates the hybrid domains. The gateway gives a domain to who shows its proof, so the TXT records come first; the
 * first domain becomes the account namespace, `FYDIBOHF25SPDLT.<domain>`.
 */
export const federatedDomains: SetupStep = {
  id: 'federated-domains',
  title: 'Federated domains',
  why: 'The gateway issues tokens only for domains whose owner has proved them.',
  onlyFor: ['dauth', 'both'],
  async changes(view) {
    const { get, settings } = view;
    const [identifier] = await get('OnPremises', 'Get-FederatedOrganizationIdentifier');
    const isNew = textOf(identifier, 'AccountNamespace') === '';
    const missing = isNew ? [...settings.hybridDomains] : missingFrom(listOf(identifier, 'Domains'), settings.hybridDomains);
    if (missing.length > 0) await view.publish(await proofsOf(view, missing));
    const [first = '', ...others] = missing;
    if (isNew) {
      return [
        { session: 'OnPremises', cmdlet: 'Set-FederatedOrganizationIdentifier', parameters: { DelegationFederationTrust: federationTrustName, AccountNamespace: first, Enabled: true } },
        ...others.map(addDomain),
      ];
    }
    return [
      ...(isTrue(identifier, 'Enabled') ? [] : [{ session: 'OnPremises', cmdlet: 'Set-FederatedOrganizationIdentifier', parameters: { Enabled: true } } as const]),
      ...missing.map(addDomain),
    ];
  },
};

function addDomain(DomainName: string): CmdletInvocation {
  return { session: 'OnPremises', cmdlet: 'Add-FederatedDomain', parameters: { DomainName } };
}

/** In a dry run there may be no trust yet, and so no proof. */
async function proofsOf({ get }: StepView, domains: readonly string[]): Promise<readonly TextRecord[]> {
  const records: TextRecord[] = [];
  for (const name of domains) {
    const proofs = await get('OnPremises', 'Get-FederatedDomainProof', { DomainName: name });
    const current = proofs.find((proof) => textOf(proof, 'Name') === 'OrgPrivCertificate');
    if (current !== undefined) records.push({ name, text: textOf(current, 'Proof') });
  }
  return records;
}
