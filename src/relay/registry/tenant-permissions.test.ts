import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayPublishHost, mayTrustIssuer, tenantPermissionsSchema } from './tenant-permissions.ts';

test('a host name belongs to a domain when it is the domain or below it, not when it only ends alike', () => {
  const permissions = tenantPermissionsSchema.parse({ domains: ['Contoso.com'] });
  for (const host of ['contoso.com', 'mail.contoso.com', 'a.b.contoso.com']) assert.ok(mayPublishHost(permissions, host), host);
  for (const host of ['evilcontoso.com', 'contoso.com.evil.test', 'com', 'contoso.co']) assert.ok(!mayPublishHost(permissions, host), host);
  assert.ok(!mayPublishHost(tenantPermissionsSchema.parse({}), 'contoso.com'));
});

test('an issuer is allowed by origin and by whole segments of its path', () => {
  const permissions = tenantPermissionsSchema.parse({ tokenIssuers: ['https://login.test/contoso'] });
  for (const url of ['https://login.test/contoso', 'https://login.test/contoso/metadata/json/1', 'https://LOGIN.test:443/contoso/x']) assert.ok(mayTrustIssuer(permissions, url), url);
  for (const url of ['https://login.test/contoso2/x', 'https://login.test/', 'https://login.test.evil/contoso/x', 'https://login.test:8443/contoso/x', 'https://me@login.test/contoso/x', 'https://login.test/contoso/../fabrikam/x', 'https://login.test/contoso/%2e%2e/fabrikam']) {
    assert.ok(!mayTrustIssuer(permissions, url), url);
  }
});
