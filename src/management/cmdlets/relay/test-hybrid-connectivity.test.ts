import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRelaySession } from '../../sessions/create-relay-session.ts';
import type { ConnectivityEndpoint, RelayAdmin } from './relay-context.ts';

test('Test-HybridConnectivity says what it tests, warns of what fails, and puts out nothing', async () => {
  const said: string[] = [];
  const warned: string[] = [];
  const connect = ({ port }: ConnectivityEndpoint): Promise<void> => (port === 444 ? Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })) : Promise.resolve());
  const connectivity = { required: () => Promise.resolve([{ host: 'relay.test', port: 443 }]), office365: [{ host: 'outlook.cloud.test', port: 444 }], connect, say: (text: string) => void said.push(text) };
  // The cmdlet asks nothing of the relay.
  const session = createRelaySession({} as RelayAdmin, { connectivity, onWarning: (text) => void warned.push(text) });
  assert.deepEqual(await session.invoke('Test-HybridConnectivity'), []);
  assert.deepEqual([said, warned], [['Testing connection to relay.test on port 443'], []]);
  await session.invoke('Test-HybridConnectivity', { TestO365Endpoints: true });
  assert.deepEqual(said.slice(1), ['Testing connection to relay.test on port 443', 'Testing connection to outlook.cloud.test on port 444']);
  assert.deepEqual(warned, ['Unable to connect to outlook.cloud.test on port 444 (ECONNREFUSED).']);
  const nowhere = createRelaySession({} as RelayAdmin, { connectivity: { ...connectivity, office365: [] } });
  await assert.rejects(nowhere.invoke('Test-HybridConnectivity', { TestO365Endpoints: true }), { code: 'MANAGEMENT_INVALID_VALUE', message: /cloud organisation/ });
  await assert.rejects(createRelaySession({} as RelayAdmin).invoke('Test-HybridConnectivity'), { code: 'MANAGEMENT_INVALID_VALUE' });
});
