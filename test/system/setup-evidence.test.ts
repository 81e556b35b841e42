import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { createSetupCommand } from '../../src/cli/commands/setup/create-setup-command.ts';
import { parseScript } from '../../src/management/shell/language/parse-script.ts';
import { powerShellErrors } from './power-shell-grammar.ts';

const corpus = join(import.meta.dirname, '../../../shared/corpus/exchange-clixml/E19');

test('a plan for a real organisation is made of its exports alone', { skip: existsSync(corpus) ? false : 'the exports of a real organisation are not here' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-evidence-'));
  try {
    const exchangeOnline = '00000002-0000-0ff1-ce00-000000000000';
    const evidence = {
      'Cloud.Get-AcceptedDomain': ['contoso.mail.onmicrosoft.com', 'contoso.onmicrosoft.com', 'Solo.com'].map((DomainName) => ({ DomainName })),
      'Cloud.Get-MigrationEndpoint': [],
      'Tenant.Get-MgOrganization': { Id: '11111111-2222-3333-4444-555555555555', OnPremisesSyncEnabled: true, VerifiedDomains: [{ Name: 'contoso.onmicrosoft.com', IsInitial: true }] },
      'Tenant.Get-MgServicePrincipal': { Id: '22222222-2222-3333-4444-555555555555', AppId: exchangeOnline, ServicePrincipalNames: [exchangeOnline], KeyCredentials: [{ KeyId: '33333333-2222-3333-4444-555555555555' }] },
    };
    for (const [name, objects] of Object.entries(evidence)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(objects));
    let output = '';
    const stream = (): Writable => new Writable({ write: (chunk: Buffer, _, done) => ((output += chunk.toString()), done()) });
    const surroundings = { stdout: stream(), stderr: stream(), env: { NO_COLOR: '1', COLUMNS: '400' }, pid: process.pid, once: () => undefined, off: () => undefined };
    const planned = async (...given: string[]): Promise<string> => {
      const plan = join(folder, 'plan.ps1');
      await createSetupCommand(surroundings, () => undefined).parseAsync(['--evidence', corpus, folder, '--records', join(folder, 'records'), '--topology', 'Classic', '--plan', plan, ...given], { from: 'user' });
      const script = readFileSync(plan, 'utf8');
      assert.deepEqual(await powerShellErrors(script), []);
      parseScript(script);
      return script;
    };
    const script = await planned();
    // Facts of the export: the server, its expired certificate, the organisation's GUID, features that an earlier wizard was asked for.
    assert.match(output, /Exchange versions: SOLO-E19A/);
    assert.match(output, /Auth certificate: C3EDCF181EF4F9B53D01768ECA99564014BCA6E7 expired/);
    assert.match(script, /New-IntraOrganizationConnector -Name 'HybridIOC - 76fd9fb1-54f2-4fc8-8b04-97ca4824a55b'/);
    assert.match(script, /Set-WebServicesVirtualDirectory -Identity 'SOLO-E19A\\EWS \(Default Web Site\)' -MRSProxyEnabled \$true/);
    // EWS has no external URL there, so that nothing can be said about where mailboxes would be moved from.
    assert.match(output, /EWS has no external URL/);
    assert.doesNotMatch(script, /MigrationEndpoint/);
    assert.doesNotMatch(output, /− 'SecureMail'/, 'what is asked for already stays');
    // The certificate that the tenant has is written again, and the new one beside it.
    assert.match(script, /-KeyCredentials @\(@\{Type='AsymmetricX509Cert'; Usage='Verify'; KeyId='33333333-2222-3333-4444-555555555555'\}, @\{Type='AsymmetricX509Cert'; Usage='Verify'; Key=\[Convert\]::FromBase64String/);
    assert.match(script, /Set-AuthConfig -NewCertificateThumbprint \$authCertificate\.Thumbprint -NewCertificateEffectiveDate \(Get-Date\) -Force\n/, 'a script is run later than it is planned');
    // Nothing of the federation was collected.
    const both = await planned('--free-busy', 'both');
    assert.match(both, /\nNew-FederationTrust [^]*\nSet-FederatedOrganizationIdentifier [^\n]*-AccountNamespace 'Solo\.com'[^]*-TargetApplicationUri 'FYDIBOHF25SPDLT\.Solo\.com'/);
    const told = / -TargetAutodiscoverEpr '[^']*outlook\.com[^']*' -TargetSharingEpr 'https:\/\/outlook\.office365\.com\/EWS\/Exchange\.asmx'\n/;
    assert.doesNotMatch(both, told);
    assert.match(await planned('--free-busy', 'both', '--dedicated-application'), told, 'the dedicated application does not ask Autodiscover');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
