import { changed, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const disabled: Fault = {
  id: 'fb9-disabled',
  symptom: toOnPremises,
  trust: 'any',
  async plan(sessions) {
    const plans = [];
    for (const { Name } of await sessions.Cloud.invoke('Get-IntraOrganizationConnector')) plans.push(await changed(sessions, 'Cloud', 'IntraOrganizationConnector', { Enabled: false }, String(Name)));
    for (const { Name } of await sessions.Cloud.invoke('Get-OrganizationRelationship')) plans.push(await changed(sessions, 'Cloud', 'OrganizationRelationship', { FreeBusyAccessEnabled: false }, String(Name)));
    return together(...plans);
  },
};
