import { readSyncState } from '../../directory-sync/sync-state.ts';
import { connectorName } from './connector-name.ts';
import { defineDirectorySyncCmdlet } from './directory-sync-context.ts';

export const getAdSyncAadCompanyFeature = defineDirectorySyncCmdlet({
  name: 'Get-ADSyncAADCompanyFeature',
  synopsis: 'Shows what directory synchronisation carries beside people and recipients.',
  parameters: { ConnectorName: connectorName },
  outputs: ['PasswordHashSync'],
  example: '(Get-ADSyncAADCompanyFeature).PasswordHashSync',
  async run({ state }) {
    return [{ PasswordHashSync: readSyncState(await state.load())?.features.passwordHashSync ?? false }];
  },
});
