import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedCertificate } from '../../certificates/test-certificates.ts';
import { base, tenant } from '../start-test-sts.ts';
import { skipWithoutSimpleSamlPhp, startSimpleSamlPhp } from './start-simplesamlphp.ts';
import { startTestSignIn } from './start-test-sign-in.ts';
import { bring, follow } from './test-identity-provider.ts';
import { answerOf, inputsOf, locationOf } from './test-browser.ts';

const { admin, authorizePath, browse, listener } = await startTestSignIn();
const immutableId = 'rbQVtJ0TQUqZhZ2O0w3K4g==';

test('somebody signs in at SimpleSAMLphp, by WS-Federation and by SAML 2.0', { skip: skipWithoutSimpleSamlPhp, timeout: 120_000 }, async () => {
  const key = await sharedCertificate('evosts');
  await admin.updateUser(tenant, 'anna@contoso.test', { immutableId });
  const provider = await startSimpleSamlPhp({ key, person: { userPrincipalName: 'anna@contoso.test', immutableId }, answerUrl: `${base}/login.srf`, tls: listener });
  try {
    for (const [preferredAuthenticationProtocol, passiveSignInUri, issuerUri] of [['wsFed', provider.passive, provider.issuers.passive], ['saml', provider.saml, provider.issuers.saml]] as const) {
      await admin.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'Federated', issuerUri, passiveSignInUri, signingCertificate: key.certificate, preferredAuthenticationProtocol });
      const browser = browse();
      let page = await browser.get(locationOf(await browser.get(authorizePath({ login_hint: 'anna@contoso.test' }))));
      while (page.status >= 300 && page.status < 400) page = await browser.get(locationOf(page));
      assert.match(page.text, /action="https:\/\/login\.cloud\.test\/login\.srf"/, page.text.slice(0, 3000));
      // Browsers send the line ends of fields as CR LF (HTML, form submission).
      const fields = Object.entries(inputsOf(page)).map(([name, value]) => [name, value.replaceAll(/\r?\n/g, '\r\n')] as const);
      const done = await follow(browser, await bring(browser, Object.fromEntries(fields)));
      assert.ok((answerOf(done)['code'] ?? '') !== '', preferredAuthenticationProtocol);
    }
  } finally {
    await provider.close();
  }
});
