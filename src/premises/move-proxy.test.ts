import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serverRights } from '../organization/index.ts';
import type { TestPremises } from './test-premises.ts';
import { autodiscoverPath, basicOf, startTestPremises } from './test-premises.ts';

let premises: TestPremises;
before(async () => {
  premises = await startTestPremises();
  const mover = await premises.add('bert');
  await premises.organization.directory.setRoleGroups(mover.guid, ['Recipient Management']);
  await premises.add('hans');
});
after(() => premises.close());

const ask = async (userName?: string): Promise<[number, unknown]> => {
  const answer = await premises.ask({ path: '/EWS/mrsproxy.svc', method: 'GET', ...(userName === undefined ? {} : { authorization: basicOf(`${userName}@contoso.test`) }) });
  return [answer.status, answer.headers['x-hybridge-error']];
};

test('the move proxy takes those who may, when it is switched on and the servers have their rights', async () => {
  const { configuration } = premises.organization;
  const [virtualDirectory] = await configuration.list('WebServicesVirtualDirectory');
  const [server] = await configuration.list('ExchangeServer');
  for (const right of serverRights) await configuration.create('AdPermission', right, { Object: server?.name ?? '', User: 'CONTOSO\\Exchange Servers', ExtendedRights: [right] });
  const entries = await configuration.list('AdPermission');
  assert.equal((await ask())[0], 401);
  assert.deepEqual(await ask('bert'), [403, 'PREMISES_MOVE_PROXY_DISABLED']);
  await configuration.update('WebServicesVirtualDirectory', virtualDirectory?.guid ?? '', { MRSProxyEnabled: true });
  assert.deepEqual(await ask('bert'), [200, undefined]);
  assert.deepEqual(await ask('hans'), [403, 'PREMISES_MOVE_PROXY_ROLE']);
  const [lost] = entries;
  await configuration.remove('AdPermission', lost?.guid ?? '');
  assert.deepEqual(await ask('bert'), [403, 'PREMISES_TOKEN_SERIALIZATION']);
  assert.match(premises.logged.join('\n'), /does not have token serialization permission/);
  await configuration.create('AdPermission', 'again', lost?.properties ?? {});
  assert.deepEqual(await ask('bert'), [200, undefined]);
  await configuration.create('AdPermission', 'forbidden', { ...lost?.properties, Deny: true });
  assert.deepEqual(await ask('bert'), [403, 'PREMISES_TOKEN_SERIALIZATION'], 'an entry that forbids outweighs');
});

test('a component that rests is answered for with 503, whoever asks; the others go on', async () => {
  const { configuration } = premises.organization;
  const [server] = await configuration.list('ExchangeServer');
  const wish = await configuration.create('ServerComponentState', 'x', { Server: server?.name ?? '', Component: 'EwsProxy', Requester: 'Maintenance' });
  const status = async (path?: string): Promise<[number, unknown]> => {
    const answer = await premises.ask(path === undefined ? {} : { path });
    return [answer.status, answer.headers['x-hybridge-error']];
  };
  assert.deepEqual(await status(), [503, 'PREMISES_COMPONENT_INACTIVE']);
  assert.equal((await status(autodiscoverPath))[0], 401);
  await configuration.update('ServerComponentState', wish.guid, { Component: 'ServerWideOffline' });
  assert.deepEqual(await status(autodiscoverPath), [503, 'PREMISES_COMPONENT_INACTIVE']);
  await configuration.remove('ServerComponentState', wish.guid);
  assert.equal((await status())[0], 401);
});
