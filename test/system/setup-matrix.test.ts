import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseScript } from '../../src/management/shell/language/parse-script.ts';
import { powerShellErrors } from './power-shell-grammar.ts';
import { startSetupFixture } from './setup-fixture.ts';
import type { SetupFixture } from './setup-fixture.ts';

let fixture: SetupFixture;
let untouched: string;

before(async () => {
  fixture = await startSetupFixture();
  untouched = await fixture.exported();
});
after(() => fixture.close());

for (const topology of ['Classic', 'Modern']) {
  for (const [trust, source] of [['oauth', 'IntraOrganizationConnector'], ['dauth', 'OrganizationRelationship'], ['both', 'IntraOrganizationConnector']] as const) {
    test(`${trust}, ${topology}: planned as PowerShell, applied, proved by lookups both ways, found as it should be, undone to the byte`, async () => {
      const { setup, path, read, lookBothWays, exported } = fixture;
      assert.deepEqual(await lookBothWays(), ['ErrorAddressSpaceNotFound', 'ErrorAddressSpaceNotFound']);
      const given = ['--topology', topology, '--free-busy', trust];
      const name = `${topology}-${trust}.ps1`;
      const planned = await setup(...given, '--plan', path(name));
      assert.equal(planned.code, 0, planned.output);
      assert.deepEqual(await powerShellErrors(read(name)), []);
      parseScript(read(name));
      // Without the permission an administrator would have nothing to consent to.
      assert.equal(/New-MgApplication .*-RequiredResourceAccess @\{ResourceAppId='00000002-0000-0ff1-ce00-000000000000'; ResourceAccess=@\(@\{Id='dc890d15-9560-4a4c-9b7f-a736ec74ec40'; Type='Role'\}\)\}/.test(read(name)), trust !== 'dauth');
      assert.equal(/\(Get-FederatedDomainProof[^\n]*\n[^\n]*Read-Host[^\n]*\nSet-FederatedOrganizationIdentifier/.test(read(name)), trust !== 'oauth');
      const applied = await setup('--apply', path(`${name}.json`), '--report', path(`${name}.html`));
      assert.equal(applied.code, 0, applied.output);
      assert.deepEqual(await lookBothWays(), [source, source]);
      assert.match((await setup(...given)).output, /Nothing is to be changed/);
      assert.match(read(`${name}.html`), /<p class="status well">Done<\/p>[^]*Looked up for real[^]*Cmdlets by side/);
      const undone = await setup('--undo');
      assert.equal(undone.code, 0, undone.output);
      assert.match(undone.output, /✓ The configuration is what it was before it/);
      assert.equal(await exported(), untouched);
    });
  }
}
