import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { request } from 'undici';
import { listen } from '../../foundation/index.ts';
import { certificateBase64 } from '../certificates/read-certificate.ts';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { fetchAuthMetadata } from '../validation/fetch-auth-metadata.ts';
import { base, startTestSts, tenant } from './start-test-sts.ts';

const { admin, httpClient, get } = await startTestSts();
const federationUrl = `${base}/contoso.test/FederationMetadata/2007-06/FederationMetadata.xml`;

test('every endpoint that discovery announces answers', async () => {
  for (const path of [`/${tenant}`, '/contoso.test/v2.0', '/common', '/common/v2.0', '/organizations/v2.0']) {
    const { status, body } = await get(`${path}/.well-known/openid-configuration`);
    assert.equal(status, 200, path);
    const statuses: [string, string, number][] = [];
    for (const [name, value] of Object.entries(body)) {
      if (!/_endpoint$|_uri$/.test(name)) continue;
      const method = /^token|^device/.test(name) ? 'POST' : 'GET';
      const answer = await request(String(value), { dispatcher: httpClient, method, ...(method === 'GET' ? {} : { body: 'x=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }) });
      await answer.body.dump();
      statuses.push([name, method, answer.statusCode]);
    }
    assert.deepEqual(statuses, [['authorization_endpoint', 'GET', 400], ['token_endpoint', 'POST', 400], ['device_authorization_endpoint', 'POST', 400], ['end_session_endpoint', 'GET', 200], ['jwks_uri', 'GET', 200]], path);
  }
});

test('discovery announces the password grant only where it is on, and issuers as tokens name them', async () => {
  const grants = async (): Promise<unknown> => (await get(`/${tenant}/v2.0/.well-known/openid-configuration`)).body['grant_types_supported'];
  assert.deepEqual(await grants(), ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'client_credentials']);
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  assert.ok((await grants() as string[]).includes('password'));
  assert.equal((await get('/common/v2.0/.well-known/openid-configuration')).body['issuer'], `${base}/{tenantid}/v2.0`);
  assert.equal((await get('/contoso.test/.well-known/openid-configuration')).body['issuer'], `${base}/${tenant}/`);
});

test('federation metadata tells an AuthServer issuer, realm and every published certificate', async () => {
  await admin.rollSigningKey();
  const metadata = await fetchAuthMetadata(federationUrl, httpClient);
  const keys = await admin.listSigningKeys();
  assert.equal(keys.length, 2);
  assert.deepEqual(metadata, {
    type: 'AzureAD',
    issuerIdentifier: `${base}/${tenant}/`,
    realm: tenant,
    certificates: keys.map(({ certificate }) => certificate),
    tokenIssuingEndpoint: `${base}/common/oauth2/token`,
    authorizationEndpoint: `${base}/common/oauth2/authorize`,
  });
  const answer = await request(federationUrl, { dispatcher: httpClient });
  assert.match(String(answer.headers['content-type']), /^application\/xml/);
  assert.doesNotMatch(await answer.body.text(), /PassiveRequestorEndpoint|SingleSignOnService/);
  await assert.rejects(fetchAuthMetadata(`${base}/nobody.test/federationmetadata/2007-06/federationmetadata.xml`, httpClient), { code: 'IDENTITY_METADATA_UNAVAILABLE' });
});

test('other XML, and pages, are no metadata; certificates count where they sign tokens', async () => {
  const certificate = certificateBase64((await sharedCertificate('evosts')).certificate);
  const key = (use: string, value: string): string => `<m:KeyDescriptor ${use}><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>\n${value}\n</X509Certificate></X509Data></KeyInfo></m:KeyDescriptor>`;
  const role = (type: string, inside: string): string => `<m:RoleDescriptor xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="${type}">${inside}</m:RoleDescriptor>`;
  const entity = (inside: string, issuer = 'entityID="https://sts.windows.net/x/"'): string => `<m:EntityDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata" ${issuer}>${inside}</m:EntityDescriptor>`;
  let text = '';
  const server = await listen(createServer((_, response) => response.end(text)));
  const read = (body: string): ReturnType<typeof fetchAuthMetadata> => {
    text = body;
    return fetchAuthMetadata(`http://127.0.0.1:${server.port}/metadata.xml`, httpClient);
  };
  try {
    const good = await read(entity(role('fed:SecurityTokenServiceType', key('use="encryption"', 'AAAA') + key('use="signing"', certificate) + key('', certificate)) + role('fed:ApplicationServiceType', key('use="signing"', 'AAAA'))));
    assert.deepEqual(good, { type: 'AzureAD', issuerIdentifier: 'https://sts.windows.net/x/', certificates: [certificate] });
    const bad = ['<html><body>Sign in</body></html>', '<a', `<!DOCTYPE a [<!ENTITY b "c">]>${entity('')}`, entity(''), entity(role('fed:SecurityTokenServiceType', key('', 'AAAA'))), entity(role('fed:SecurityTokenServiceType', key('', certificate)), ''), 'text', ''];
    for (const body of bad) await assert.rejects(read(body), { code: 'IDENTITY_METADATA_UNREADABLE' }, body);
  } finally {
    await server.close();
  }
});
