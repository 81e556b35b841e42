import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CmdletInvocation } from '../../management/index.ts';
import type { SetupSettings } from '../plan.ts';
import { printPlan } from './print-plan.ts';

const settings = { configuration: 'Full', topology: 'Classic', freeBusy: 'dauth', tenantId: 'f0f0f0f0-0000-4000-8000-000000000001', hybridDomains: ['contoso.test\nRemove-Mailbox anna'], coexistenceDomain: 'contoso.mail.onmicrosoft.test' } as unknown as SetupSettings;

/** The lines of a script that has these invocations alone. */
function linesOf(...invocations: CmdletInvocation[]): string[] {
  const changes = invocations.map((invocation) => ({ ...invocation, target: '', properties: [] }));
  return printPlan({ settings, steps: [{ id: 'step', title: 'Step', why: 'Why.', changes }] }, { observedAt: '2026-01-01T00:00:00.000Z', fingerprint: '0', isUninstall: false }).split('\n');
}

/** What stands directly before the line of a cmdlet. */
function before(lines: readonly string[], cmdlet: string): readonly string[] {
  const at = lines.findIndex((line) => line.startsWith(cmdlet));
  assert.notEqual(at, -1, cmdlet);
  return lines.slice(0, at);
}

test('a domain is proved before it is federated: the script shows the record and waits', () => {
  const lines = linesOf(
    { session: 'OnPremises', cmdlet: 'Set-FederatedOrganizationIdentifier', parameters: { DelegationFederationTrust: 'Microsoft Federation Gateway', AccountNamespace: "cont'oso.test", Enabled: true } },
    { session: 'OnPremises', cmdlet: 'Add-FederatedDomain', parameters: { DomainName: 'fabrikam.test' } },
    { session: 'OnPremises', cmdlet: 'Set-FederatedOrganizationIdentifier', parameters: { Enabled: false } },
  );
  for (const [cmdlet, domain] of [['Set-FederatedOrganizationIdentifier', "'cont''oso.test'"], ['Add-FederatedDomain', "'fabrikam.test'"]] as const) {
    const [shown, waits] = before(lines, cmdlet).slice(-2);
    assert.equal(shown, `(Get-FederatedDomainProof -DomainName ${domain}).Proof`);
    assert.match(waits ?? '', /^\$null = Read-Host '/);
  }
  assert.equal(lines.filter((line) => line.startsWith('(Get-FederatedDomainProof')).length, 2, 'nothing is proved where no domain is named');
});

test('where real Exchange asks, or wants more than the plan has, a comment says so', () => {
  const organization = { Name: 'guid', OrganizationGuid: 'guid', HybridDomains: ['contoso.test'] };
  const certificate = { SubjectName: 'CN=Microsoft Exchange Server Auth Certificate' };
  const noted = (session: CmdletInvocation['session'], cmdlet: string, parameters: Record<string, unknown>): string => before(linesOf({ session, cmdlet, parameters }), cmdlet.replace('-', session === 'Cloud' ? '-Cloud' : '-')).at(-1) ?? '';
  assert.match(noted('Cloud', 'New-OnPremisesOrganization', organization), /^# Exchange Online demands -InboundConnector and -OutboundConnector/);
  assert.equal(noted('Cloud', 'New-OnPremisesOrganization', { ...organization, InboundConnector: 'in', OutboundConnector: 'out' }), '# Exchange Online');
  assert.match(noted('OnPremises', 'New-ExchangeCertificate', certificate), /^# Where Exchange asks whether to replace the default SMTP certificate: no\.$/);
  assert.equal(noted('OnPremises', 'New-ExchangeCertificate', { ...certificate, Services: ['Federation'] }), '# on premises');
  assert.match(noted('Tenant', 'New-MgServicePrincipal', { AppId: settings.tenantId }), /adminconsent\?client_id=/);
});

test('no name that an organisation gives becomes a line of its own', () => {
  assert.deepEqual(linesOf().filter((line) => line.startsWith('Remove-Mailbox')), []);
});
