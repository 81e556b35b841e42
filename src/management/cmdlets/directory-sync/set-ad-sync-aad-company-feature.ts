import { readSyncState } from '../../directory-sync/sync-state.ts';
import { defineDirectorySyncCmdlet } from './directory-sync-context.ts';

/** The name of the parameter is unverified: the published page lists those of Get- alone. */
export const setAdSyncAadCompanyFeature = defineDirectorySyncCmdlet({
  name: 'Set-ADSyncAADCompanyFeature',
  synopsis: 'Switches on or off what directory synchronisation carries beside people and recipients.',
  parameters: {
    PasswordHashSync: { type: 'boolean', description: 'Whether people sign in to the cloud with their password on premises. The next cycle carries the salted hashes; off, the cloud keeps the last ones.' },
  },
  example: 'Set-ADSyncAADCompanyFeature -PasswordHashSync $true',
  async run(context, { PasswordHashSync }) {
    if (PasswordHashSync === undefined) return [];
    await context.change('PasswordHashSync', async () => {
      const kept = readSyncState(await context.state.load()) ?? { objects: {}, recipients: {}, lastCycle: 0 };
      await context.state.save({ ...kept, features: { passwordHashSync: PasswordHashSync } });
    });
    return [];
  },
});
