import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { ServedExchange } from '../../src/management/admin-api/served-exchange.ts';
import { serveExchange } from '../../src/management/admin-api/served-exchange.ts';

const published = new Map(
  readFileSync(new URL('published-outputs.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [cmdlet = '', names = ''] = line.split(': ');
      return [cmdlet, names.split(' ')] as const;
    }),
);

/** Of Exchange SE, after the version whose export this is. */
const later: Readonly<Record<string, readonly string[]>> = { 'Get-OrganizationConfig': ['EwsAllowedAppIDs'] };

let exchange: ServedExchange;
before(async () => {
  exchange = await serveExchange();
  const { configuration } = exchange.organization;
  await configuration.create('ExchangeServer', 'EX1', { Fqdn: 'ex1.contoso.test' });
  await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test', DomainType: 'Authoritative', Default: true });
  await configuration.create('WebServicesVirtualDirectory', 'EX1\\EWS (Default Web Site)', { Server: 'EX1' });
  const run = (cmdlet: string, parameters: Record<string, unknown>): Promise<unknown> => exchange.session.invoke(cmdlet, parameters);
  await run('New-HybridConfiguration', {});
  await run('New-SendConnector', { Name: 'Out', AddressSpaces: ['partner.test'] });
  await run('New-SettingOverride', { Name: 'One', Component: 'Global', Section: 'One', Parameters: ['Enabled=true'], Reason: 'test' });
  await run('New-PartnerApplication', { Name: 'Partner', ApplicationIdentifier: '00000002-0000-0ff1-ce00-000000000000', UseAuthServer: true });
});
after(() => exchange.close());

test('objects show their properties in the order in which Exchange shows them, and none that it has not', async () => {
  const wrong: string[] = [];
  for (const [cmdlet, names] of published) {
    const [row] = await exchange.session.invoke(cmdlet, cmdlet === 'Get-ServerComponentState' ? { Identity: 'EX1' } : {});
    assert.ok(row !== undefined, `${cmdlet} gave nothing`);
    const shown = Object.keys(row).filter((name) => later[cmdlet]?.includes(name) !== true);
    const expected = names.filter((name) => shown.includes(name));
    const unknown = shown.filter((name) => !names.includes(name));
    if (unknown.length > 0) wrong.push(`${cmdlet} shows ${unknown.join(', ')}`);
    else if (shown.join(' ') !== expected.join(' ')) wrong.push(`${cmdlet} shows ${shown.join(' ')}\n  published: ${expected.join(' ')}`);
  }
  assert.equal(wrong.join('\n'), '');
});
