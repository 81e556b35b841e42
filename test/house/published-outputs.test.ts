import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
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

/** Of later versions than the one whose export this is; of the trust, ours. */
const later: Readonly<Record<string, readonly string[]>> = { 'Get-MailboxAutoReplyConfiguration': ['ObjectState'], 'Get-OrganizationConfig': ['EwsAllowedAppIDs'], 'Get-AuthServer': ['DomainName', 'GraphBaseUrl'], 'Get-FederationTrust': ['TokenIssuerManageEpr'] };

/** Of cmdlets that show nothing unasked. */
const wanted: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { 'Get-ServerComponentState': { Identity: 'EX1' }, 'Get-MailboxAutoReplyConfiguration': { Identity: 'administrator' }, 'Get-ADUser': { Identity: 'administrator' } };

/** Organisations with one object of each kind. Made within the test: where all house tests share one process, others hold it up for longer than a server keeps an idle connection open. */
async function withOrganizations(work: (served: Record<'OnPremises' | 'Cloud', ServedExchange>) => Promise<void>): Promise<void> {
  const served = { OnPremises: await serveExchange(), Cloud: await serveExchange({ side: 'Cloud' }) };
  try {
    const { configuration } = served.OnPremises.organization;
    await configuration.create('ExchangeServer', 'EX1', { Fqdn: 'ex1.contoso.test' });
    await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test', DomainType: 'Authoritative', Default: true });
    await configuration.create('WebServicesVirtualDirectory', 'EX1\\EWS (Default Web Site)', { Server: 'EX1' });
    await configuration.create('AuthServer', 'ACS', {});
    await configuration.create('FederationTrust', 'Microsoft Federation Gateway', {});
    const run = (cmdlet: string, parameters: Record<string, unknown>): Promise<unknown> => served.OnPremises.session.invoke(cmdlet, parameters);
    await run('New-HybridConfiguration', {});
    await run('New-SendConnector', { Name: 'Out', AddressSpaces: ['partner.test'] });
    await run('New-SettingOverride', { Name: 'One', Component: 'Global', Section: 'One', Parameters: ['Enabled=true'], Reason: 'test' });
    await run('New-PartnerApplication', { Name: 'Partner', ApplicationIdentifier: '00000002-0000-0ff1-ce00-000000000000', UseAuthServer: true });
    await run('New-OrganizationRelationship', { Name: 'Partner', DomainNames: 'partner.test' });
    await run('New-RemoteDomain', { Name: 'Partner', DomainName: 'partner.test' });
    await run('New-SharingPolicy', { Name: 'Partner', Domains: 'partner.test: CalendarSharingFreeBusySimple' });
    const inCloud = (cmdlet: string, parameters: Record<string, unknown>): Promise<unknown> => served.Cloud.session.invoke(cmdlet, parameters);
    await inCloud('New-InboundConnector', { Name: 'In', SenderDomains: 'partner.test' });
    await inCloud('New-OutboundConnector', { Name: 'Out', RecipientDomains: 'partner.test', UseMXRecord: true });
    await work(served);
  } finally {
    await Promise.all(Object.values(served).map((one) => one.close()));
  }
}

test('objects show their properties in the order in which Exchange shows them, and none that it has not', async () => {
  const wrong: string[] = [];
  assert.ok(published.size >= 25, `${published.size}`);
  await withOrganizations(async (served) => {
    for (const [cmdlet, names] of published) {
      const session = /bound/.test(cmdlet) ? served.Cloud.session : served.OnPremises.session;
      const [row] = await session.invoke(cmdlet, wanted[cmdlet] ?? {});
      assert.ok(row !== undefined, `${cmdlet} gave nothing`);
      const shown = Object.keys(row).filter((name) => later[cmdlet]?.includes(name) !== true);
      const expected = names.filter((name) => shown.includes(name));
      const unknown = shown.filter((name) => !names.includes(name));
      if (unknown.length > 0) wrong.push(`${cmdlet} shows ${unknown.join(', ')}`);
      else if (shown.join(' ') !== expected.join(' ')) wrong.push(`${cmdlet} shows ${shown.join(' ')}\n  published: ${expected.join(' ')}`);
    }
  });
  assert.equal(wrong.join('\n'), '');
});
