import { isTrue, textOf } from '../../observed.ts';
import { seenIn } from '../decide-settings.ts';
import type { Prerequisite } from './prerequisite.ts';

/** A person whom the other side does not know has neither free/busy nor a sign-in there. */
export const directorySynchronization: Prerequisite = {
  id: 'directory-sync',
  title: 'Directory synchronisation',
  check({ snapshot, now }) {
    const tenant = seenIn(snapshot, 'Tenant', 'Get-MgOrganization')[0];
    if (tenant === undefined || !('OnPremisesSyncEnabled' in tenant)) return { outcome: 'unknown', found: 'The tenant does not say.', remedy: 'See that Entra Connect runs, with “Exchange hybrid deployment” on.' };
    if (tenant['OnPremisesSyncEnabled'] === null) return { outcome: 'warning', found: 'It never ran: who is not kept by hand on both sides has neither free/busy nor a sign-in on the other.', remedy: 'Install Entra Connect with “Exchange hybrid deployment”; with organisations of this project: Start-ADSyncSyncCycle.' };
    if (!isTrue(tenant, 'OnPremisesSyncEnabled')) return { outcome: 'failed', found: 'It was on and is off.', remedy: 'Update-MgOrganization -OrganizationId (Get-MgOrganization).Id -OnPremisesSyncEnabled:$true, or Entra Connect’s own wizard. Microsoft’s tenants refuse it for 72 hours after it was switched off.' };
    const last = Date.parse(textOf(tenant, 'OnPremisesLastSyncDateTime'));
    if (!Number.isNaN(last) && now - last > 3 * 3_600_000) return { outcome: 'warning', found: `on, but last run ${Math.round((now - last) / 3_600_000)} hours ago`, remedy: 'Start-ADSyncSyncCycle, and see why it stopped.' };
    return { outcome: 'met', found: 'on' };
  },
};
