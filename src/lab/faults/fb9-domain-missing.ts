import { changed, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const domainMissing: Fault = {
  id: 'fb9-domain-missing',
  symptom: toOnPremises,
  trust: 'any',
  async plan(sessions) {
    const plans = [];
    for (const [noun, property] of [['IntraOrganizationConnector', 'TargetAddressDomains'], ['OrganizationRelationship', 'DomainNames']] as const) {
      for (const { Name } of await sessions.Cloud.invoke(`Get-${noun}`)) plans.push(await changed(sessions, 'Cloud', noun, { [property]: ['contoso-old.test'] }, String(Name)));
    }
    return together(...plans);
  },
};
