import { textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/** On premises: the tenant's routing domain is one of the organisation's own. */
export const acceptedDomain: SetupStep = {
  id: 'accepted-domain',
  title: 'Routing domain on premises',
  why: 'Remote mailboxes have their routing address in it, and moved ones keep being found by it.',
  configurations: ['Full', 'Minimal'],
  async changes({ get, settings }) {
    const wanted = settings.coexistenceDomain;
    const isThere = (await get('OnPremises', 'Get-AcceptedDomain')).some((domain) => textOf(domain, 'DomainName').toLowerCase() === wanted.toLowerCase());
    return isThere ? [] : [{ session: 'OnPremises', cmdlet: 'New-AcceptedDomain', parameters: { Name: wanted, DomainName: wanted } }];
  },
};
