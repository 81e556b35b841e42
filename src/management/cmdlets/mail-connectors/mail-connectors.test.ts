import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOrganization } from '../../../organization/index.ts';
import { formatMessageSize, parseMessageSize } from './message-size.ts';

test('sizes are read as administrators write them and shown as Exchange shows them', () => {
  assert.equal(parseMessageSize('MaxMessageSize', '35MB'), 36_700_160);
  assert.equal(parseMessageSize('MaxMessageSize', '35 MB (36,700,160 bytes)'), 36_700_160);
  assert.equal(parseMessageSize('MaxMessageSize', '65536'), 65_536);
  assert.equal(parseMessageSize('MaxMessageSize', 'unlimited'), null);
  assert.throws(() => parseMessageSize('MaxMessageSize', 'big'), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  assert.equal(formatMessageSize(36_700_160), '35 MB (36,700,160 bytes)');
  assert.equal(formatMessageSize(1_500), '1.465 KB (1,500 bytes)');
  assert.equal(formatMessageSize(null), 'Unlimited');
});

test('connectors are kept in published forms, and contradictions are refused', async () => {
  const organization = await openOrganization({ file: ':memory:' });
  try {
    const { configuration } = organization;
    const made = await configuration.create('SendConnector', 'Out', { AddressSpaces: ['contoso.com', 'SMTP:*.fabrikam.com;5'], SmartHosts: ['[10.0.0.1]', 'mail.fabrikam.com'], DNSRoutingEnabled: false });
    assert.deepEqual(made.properties.AddressSpaces, ['smtp:contoso.com;1', 'smtp:*.fabrikam.com;5']);
    assert.deepEqual(made.properties.SmartHosts, ['[10.0.0.1]', 'mail.fabrikam.com']);
    assert.deepEqual([made.properties.Port, made.properties.MaxMessageSize, made.properties.RequireTLS, made.properties.Enabled], [25, 36_700_160, false, true]);
    const refused = { code: 'ORGANIZATION_INVALID_OBJECT' };
    await assert.rejects(configuration.create('SendConnector', 'A', { AddressSpaces: ['X400:c=us;1'] }), refused);
    await assert.rejects(configuration.create('SendConnector', 'B', { AddressSpaces: ['a.com'], DNSRoutingEnabled: false }), refused);
    await assert.rejects(configuration.create('SendConnector', 'C', { AddressSpaces: ['a.com'], RequireTLS: true, TlsAuthLevel: 'DomainValidation' }), refused);
    await assert.rejects(configuration.create('OutboundConnector', 'D', { RecipientDomains: ['a.com'], CloudServicesMailEnabled: true }), refused);
    const inbound = await configuration.create('InboundConnector', 'In', { SenderDomains: ['*'], ConnectorType: 'OnPremises', CloudServicesMailEnabled: true, TlsSenderCertificateName: '*.contoso.com' });
    assert.deepEqual(inbound.properties.SenderDomains, ['smtp:*;1']);
    await assert.rejects(configuration.create('InboundConnector', 'E', { SenderDomains: ['a.com'], RestrictDomainsToCertificate: true }), refused);
    await assert.rejects(configuration.create('ReceiveConnector', 'F', { Server: 'EX1', TlsDomainCapabilities: ['cloud.com:Everything'] }), refused);
  } finally {
    await organization.close();
  }
});
