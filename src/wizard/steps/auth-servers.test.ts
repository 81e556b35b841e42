import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SetupSettings } from '../plan.ts';
import { authServers } from './auth-servers.ts';

const settings = { organizationGuid: 'g', acsMetadataUrl: 'https://login.test/metadata/json/1', evoStsMetadataUrl: 'https://login.test/federationmetadata.xml', hybridDomains: ['contoso.test'], coexistenceDomain: 'contoso.mail.test' } as unknown as SetupSettings;

async function namesWith(...versions: string[]): Promise<unknown[]> {
  const get = async (_: string, cmdlet: string): Promise<Record<string, unknown>[]> => (cmdlet === 'Get-ExchangeServer' ? versions.map((AdminDisplayVersion) => ({ AdminDisplayVersion })) : []);
  return (await authServers.changes({ get, settings } as unknown as Parameters<typeof authServers.changes>[0])).map(({ parameters }) => parameters['Name']);
}

test('EvoSts is made where every server takes tokens of users, and nowhere else', async () => {
  assert.deepEqual(await namesWith('Version 15.2 (Build 2562.41)', 'Version 15.1 (Build 2507.55)'), ['ACS - g', 'EvoSts - g']);
  assert.deepEqual(await namesWith('Version 15.2 (Build 2562.41)', 'Version 14.3 (Build 123.4)'), ['ACS - g']);
  assert.deepEqual(await namesWith(), ['ACS - g', 'EvoSts - g'], 'servers that could not be seen');
});
