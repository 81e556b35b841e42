import { planSyncCycle, runSyncCycle } from '../../directory-sync/run-sync-cycle.ts';
import { defineDirectorySyncCmdlet } from './directory-sync-context.ts';

export const startAdSyncSyncCycle = defineDirectorySyncCmdlet({
  name: 'Start-ADSyncSyncCycle',
  synopsis: 'Synchronises people on premises into the tenant’s directory, and waits for it. Passwords follow after Set-ADSyncAADCompanyFeature -PasswordHashSync $true.',
  parameters: {
    PolicyType: { type: ['Unspecified', 'Delta', 'Initial'], position: 0, description: 'Delta, the default and what Unspecified means: what changed on premises since the last cycle. Initial: everything is compared, and drift in the directory put right.' },
    InteractiveMode: { type: 'boolean', position: 1, ignored: true, description: 'Accepted and without effect: who calls makes no difference here.' },
  },
  outputs: ['Result', 'Adds', 'Updates', 'Deletes', 'Recipients', 'Passwords', 'Errors'],
  example: 'Start-ADSyncSyncCycle -PolicyType Delta',
  async run(context, { PolicyType }) {
    const policy = PolicyType === 'Initial' ? 'Initial' : 'Delta';
    const { exports } = await planSyncCycle(context, policy);
    const result = await context.change(`${exports.length} objects of the tenant’s directory`, () => runSyncCycle(context, policy));
    if (result === undefined) return [];
    for (const { code, object, message } of result.errors) context.warn(`${object}: ${code}: ${message}`);
    return [{ Result: result.errors.length === 0 ? 'Success' : 'CompletedExportErrors', Adds: result.adds, Updates: result.updates, Deletes: result.deletes, Recipients: result.recipients, Passwords: result.passwords, Errors: result.errors.length }];
  },
});
