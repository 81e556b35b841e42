import { listOf, textOf } from '../../observed.ts';
import { seenIn } from '../decide-settings.ts';
import type { Prerequisite } from './prerequisite.ts';

/** A domain belongs to one relationship, and to one enabled connector: another object that has it stands in the way. */
export const nameClash: Prerequisite = {
  id: 'other-objects',
  title: 'Other connectors and relationships',
  check({ snapshot, settings }) {
    const clashes: string[] = [];
    for (const [session, domains] of [['OnPremises', [settings.coexistenceDomain]], ['Cloud', settings.hybridDomains]] as const) {
      const wanted = new Set(domains.map((domain) => domain.toLowerCase()));
      for (const [cmdlet, property] of [['Get-IntraOrganizationConnector', 'TargetAddressDomains'], ['Get-OrganizationRelationship', 'DomainNames']] as const) {
        for (const object of seenIn(snapshot, session, cmdlet)) {
          const name = textOf(object, 'Name');
          if (name.toLowerCase().includes(settings.organizationGuid)) continue;
          const shared = listOf(object, property).filter((domain) => wanted.has(domain.toLowerCase()));
          if (shared.length > 0) clashes.push(`${session === 'Cloud' ? 'Exchange Online' : 'on premises'}: ${cmdlet.slice(4)} “${name}” has ${shared.join(', ')}`);
        }
      }
    }
    if (clashes.length === 0) return { outcome: 'met', found: 'none has these domains' };
    return { outcome: 'failed', found: clashes.join('; '), remedy: 'Take the domains out of these objects, or remove them, if nobody needs them any more.' };
  },
};
