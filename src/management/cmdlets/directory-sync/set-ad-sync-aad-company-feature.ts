import { readSyncState } from '../../directory-sync/sync-state.ts';
import { connectorName } from './connector-name.ts';
import { defineDirectorySyncCmdlet } from './directory-sync-context.ts';

/** The reference of the module has no page of it: names as published instructions write them, that of PasswordHashSync after the property of Get-. *Unverified*. */
export const setAdSyncAadCompanyFeature = defineDirectorySyncCmdlet({
  name: 'Set-ADSyncAADCompanyFeature',
  synopsis: 'Switches on or off what directory synchronisation carries beside people and recipients.',
  parameters: {
    ConnectorName: connectorName,
    PasswordHashSync: { type: 'boolean', description: 'Whether people sign in to the cloud with their password on premises. The next cycle carries the salted hashes; off, the cloud keeps the last ones.' },
    ForcePasswordChangeOnLogOn: { type: 'boolean', refused: 'unlessFalse', description: 'Nobody on premises is made to change a password here.' },
    GroupWritebackV2: { type: 'boolean', refused: 'unlessFalse', description: 'Groups of the cloud are not written on premises.' },
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
