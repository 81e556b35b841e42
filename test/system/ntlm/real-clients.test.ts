import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { openOrganization } from '../../../src/organization/index.ts';
import { startPremises } from '../../../src/premises/index.ts';
import { startTunnelWorld } from '../tunnel/tunnel-world.ts';
import type { TunnelWorld } from '../tunnel/tunnel-world.ts';
import { ntlmClients } from './ntlm-clients.ts';
import type { AskOptions, NtlmClient } from './ntlm-clients.ts';
import { availabilityRequest, host, passwords, startNtlmPremises } from './ntlm-premises.ts';
import type { NtlmPremises } from './ntlm-premises.ts';

let premises: NtlmPremises;
let world: TunnelWorld;
let throughTunnel: { url: string; caFile: string };

before(async () => {
  premises = await startNtlmPremises();
  world = await startTunnelWorld();
  await world.startAgent('contoso', { targetCa: premises.ca, dial: world.dial });
  const application = await world.publish(`https://${host}:${premises.port}`);
  const caFile = join(dirname(premises.caFile), 'relay-ca.pem');
  writeFileSync(caFile, world.ca);
  throughTunnel = { url: `https://${new URL(application.externalUrl).hostname}:${world.relay.port}/EWS/Exchange.asmx`, caFile };
});
after(async () => {
  await world.close();
  await premises.close();
});

function direct(): { url: string; caFile: string } {
  return { url: `https://${host}:${premises.port}/EWS/Exchange.asmx`, caFile: premises.caFile };
}

/** What a client got, and as whom the server knew it where it let it in. */
async function ask(client: NtlmClient, place: { url: string; caFile: string }, user: Partial<AskOptions>): Promise<{ statuses: number[]; users: string[] }> {
  const from = premises.accessLog.length;
  const statuses = await client.ask({ ...place, domain: 'CONTOSO', userName: 'bert', password: passwords.bert, body: availabilityRequest, times: 1, ...user });
  return { statuses, users: premises.accessLog.slice(from).flatMap(({ status, userName }) => (status === 200 ? [userName ?? ''] : [])) };
}

for (const client of ntlmClients) {
  const skip = client.missing ?? false;
  test(`${client.name} signs in, directly and through relay and agent`, { skip }, async () => {
    for (const place of [direct(), throughTunnel]) {
      assert.deepEqual(await ask(client, place, { times: 3 }), { statuses: [200, 200, 200], users: Array(3).fill('bert@contoso.test') });
      assert.deepEqual(await ask(client, place, { domain: '', userName: 'BERT@contoso.test' }), { statuses: [200], users: ['bert@contoso.test'] });
      if (client.unicode) assert.deepEqual(await ask(client, place, { userName: 'carla', password: passwords.carla }), { statuses: [200], users: ['carla@contoso.test'] });
      assert.deepEqual(await ask(client, place, { password: 'wrong' }), { statuses: [401], users: [] });
      assert.deepEqual(await ask(client, place, { userName: 'nobody' }), { statuses: [401], users: [] });
    }
  });

  test(`${client.name} and Extended Protection: what ends TLS on the way is noticed`, { skip }, async () => {
    const statuses = async (place: { url: string; caFile: string }): Promise<number | undefined> => (await ask(client, place, {})).statuses[0];
    try {
      await premises.setDirectory({ ExtendedProtectionTokenChecking: 'Require' });
      assert.equal(await statuses(direct()), client.bindsChannel ? 200 : 401);
      assert.equal(await statuses(throughTunnel), 401);
      await premises.setDirectory({ ExtendedProtectionTokenChecking: 'Allow' });
      assert.equal(await statuses(direct()), 200);
      assert.equal(await statuses(throughTunnel), client.bindsChannel ? 401 : 200);
    } finally {
      await premises.setDirectory({ ExtendedProtectionTokenChecking: 'None' });
    }
  });
}

test('a directory without Windows sign-in, and a server of an organisation without NT hashes, take nobody by NTLM', async (t) => {
  const organization = await openOrganization({ file: ':memory:' });
  t.after(() => organization.close());
  await organization.configuration.create('ExchangeServer', 'EX1', { Fqdn: host, AdminDisplayVersion: 'Version 15.2 (Build 2562.41)' });
  const listener = { cert: '', key: '' };
  await assert.rejects(startPremises({ organization, side: 'OnPremises', tenantId: 'contoso.test', public: listener, admin: listener, dial: world.dial, ntlm: true }), { code: 'PREMISES_NO_NT_HASHES' });

  const client = ntlmClients.find(({ missing }) => missing === undefined);
  if (client === undefined) return t.diagnostic('no client is there to be refused');
  try {
    await premises.setDirectory({ WindowsAuthentication: false });
    assert.deepEqual(await ask(client, direct(), {}), { statuses: [401], users: [] });
  } finally {
    await premises.setDirectory({ WindowsAuthentication: true });
  }
  assert.deepEqual((await ask(client, direct(), {})).statuses, [200]);
});
