import type { CmdletInvocation } from '../../management/index.ts';
import { differences, textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/** On premises: what mail for the tenant's domains is treated as. Published names and settings. */
export const remoteDomains: SetupStep = {
  id: 'remote-domains',
  title: 'Remote domains on premises',
  why: 'New remote mailboxes get their routing address in the target delivery domain, and mail of the tenant counts as internal.',
  configurations: ['Full', 'Minimal'],
  needs: [{ session: 'OnPremises', cmdlet: 'Get-RemoteDomain' }],
  async changes({ get, settings }) {
    const existing = await get('OnPremises', 'Get-RemoteDomain');
    const changes: CmdletInvocation[] = [];
    for (const [domain, wanted] of [[settings.coexistenceDomain, { TargetDeliveryDomain: true }], [settings.initialDomain, { TrustedMailInboundEnabled: true }]] as const) {
      if (domain === '') continue;
      const found = existing.find((remote) => textOf(remote, 'DomainName').toLowerCase() === domain.toLowerCase());
      const name = `Hybrid Domain - ${domain}`;
      if (found === undefined) changes.push({ session: 'OnPremises', cmdlet: 'New-RemoteDomain', parameters: { Name: name, DomainName: domain } }, { session: 'OnPremises', cmdlet: 'Set-RemoteDomain', parameters: { Identity: name, ...wanted } });
      else {
        const different = differences(found, wanted);
        if (Object.keys(different).length > 0) changes.push({ session: 'OnPremises', cmdlet: 'Set-RemoteDomain', parameters: { Identity: textOf(found, 'Name'), ...different } });
      }
    }
    return changes;
  },
};
