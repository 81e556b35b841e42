import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSecretMasker } from './mask-secrets.ts';

const secret = 'Tr0ub4dor-and-3';
const jwt = `${Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url')}.${Buffer.from('{"aud":"https://mail.contoso.com"}').toString('base64url')}.c2lnbmF0dXJl`;

const lines: readonly (readonly [what: string, line: string, planted: string])[] = [
  ['a bearer token', `Authorization: Bearer ${jwt}`, jwt],
  ['a basic header', `authorization: Basic YW5uYTpUcjB1YjRkb3I=`, 'YW5uYTpUcjB1YjRkb3I'],
  ['an NTLM message', 'WWW-Authenticate: NTLM TlRMTVNTUAACAAAADAAMADgAAAA1goni', 'TlRMTVNTUAACAAAADAAMADgAAAA1goni'],
  ['a proxy header', 'Proxy-Authorization: Negotiate YIIJvwYGKwYBBQUCoIIJszCCCa+gMDAu', 'YIIJvwYGKwYBBQUCoIIJszCCCa'],
  ['a cookie', `Cookie: cadata=${secret}; path=/owa`, secret],
  ['a cookie being set', `Set-Cookie: X-BackEndCookie=${secret}; expires=Mon, 01 Jan 2029 00:00:00 GMT; secure; HttpOnly`, secret],
  ['an opaque token', 'authorization: "Bearer 0.AXoAabcdefghijklmnop-qrstu"', '0.AXoAabcdefghijklmnop-qrstu'],
  ['a form body', `grant_type=password&username=anna&password=${secret}&scope=openid`, secret],
  ['a client secret', `client_id=x&client_secret=${secret}`, secret],
  ['a refresh token in JSON', `{"token_type":"Bearer","refresh_token":"${secret}","expires_in":3599}`, secret],
  ['JSON within JSON', String.raw`{"text":"{\"access_token\":\"${secret}\"}"}`, secret],
  ['JSON with an escape', String.raw`{"password":"a\"${secret}"}`, secret],
  ['a header of HAR', `{"name":"Cookie","value":"a=${secret}; b=2"}`, secret],
  ['a token of HAR', `{ "name": "X-OWA-CANARY", "value": "${secret}" }`, secret],
  ['PowerShell', `Set-Mailbox anna -Password (ConvertTo-SecureString "${secret}" -AsPlainText -Force)`, secret],
  ['a variable', `$password = '${secret}'`, secret],
  ['Format-List', `ProxyPassword           : ${secret}`, secret],
  ['YAML', `  adminPassword: ${secret}`, secret],
  ['curl', `curl -u anna@contoso.com:${secret} https://mail.contoso.com/EWS/Exchange.asmx`, secret],
  ['a URL', `https://anna:${secret}@mail.contoso.com/`, secret],
  ['an authorization code', `GET /cb?code=${secret}&state=1`, secret],
  ['an assertion', `client_assertion=${jwt}&client_assertion_type=urn`, jwt],
  ['SAML in a form', `SAMLResponse=${Buffer.from(`<Response>${secret}</Response>`).toString('base64')}`, Buffer.from(`<Response>${secret}`).toString('base64').slice(0, 20)],
  ['WS-Security', `<wsse:Password Type="x#PasswordText">${secret}</wsse:Password>`, secret],
  ['a SAML assertion in one line', `<a><saml:Assertion ID="1"><saml:NameID>${secret}</saml:NameID></saml:Assertion></a>`, secret],
  ['a cipher value', `<xenc:CipherValue>${secret}</xenc:CipherValue>`, secret],
  ['a query of IIS', `2026-11-21 09:00:00 GET /owa access_token=${secret} 443`, secret],
  ['a token by itself', `{"token":"9f8e7d6c5b4a39281706"}`, '9f8e7d6c5b4a39281706'],
  ['a signature of a shared access', 'https://x/y?sv=1&sig=abcdefg%3D', 'abcdefg'],
  ['a canary in a query', `GET /ecp/ ExchClientVer=15&msExchEcpCanary=${secret}&a=b`, secret],
  ['a flow token', `ctx=1&flowToken=${secret}`, secret],
  ['a property of Clixml', `<S N="ClientSecret">${secret}</S>`, secret],
  ['a secure string of Clixml', `<SS N="Blob">${secret}</SS>`, secret],
  ['a parameter of the wizard', `<parameter name="Password">${secret}</parameter>`, secret],
  ['a value beside its name', `<add key="AdminPassword" value="${secret}"/>`, secret],
  ['a value before its name', `<input type='password' value='${secret}' name='passwd'>`, secret],
  ['a hidden field of a form in JSON', String.raw`{"text":"<input type=\"hidden\" name=\"SAMLResponse\" value=\"${secret}\"/>"}`, secret],
  ['PowerShell within brackets', `$c = New-Object PSCredential("anna",(ConvertTo-SecureString "${secret}" -AsPlainText -Force))`, secret],
  ['net use', String.raw`net use \\srv\c$ /user:CONTOSO\admin ${secret}`, secret],
  ['a sentence', `Log in as anna, the password is ${secret}, and tell me what you see.`, secret],
  ['a sentence about a reset', `I have reset the password of svc-sync to "${secret}".`, secret],
  ['a German sentence', `Das Kennwort lautet jetzt ${secret}.`, secret],
  ['a German line', `Passwort für den Testuser: ${secret}`, secret],
  ['a German property', `Kennwort : ${secret}`, secret],
  ['a French sentence', `le mot de passe est ${secret}`, secret],
  ['net user', `net user admin ${secret} /add`, secret],
  ['cmdkey', String.raw`cmdkey /add:ex01 /user:CONTOSO\admin /pass:${secret}`, secret],
  ['psexec', String.raw`psexec \\ex01 -u CONTOSO\admin -p ${secret} cmd`, secret],
  ['an escaped query', `x%26client_secret%3D${secret}`, secret],
];

for (const [what, line, planted] of lines) {
  test(`masked: ${what}`, () => {
    const masked = createSecretMasker().line(line);
    assert.ok(!masked.includes(planted), masked);
    assert.match(masked, /MASKED-/);
    assert.ok(!createSecretMasker().text(`first\n${line}\nlast`).includes(planted));
  });
}

test('keys and assertions over several lines', () => {
  const masker = createSecretMasker();
  const given = ['before', '-----BEGIN RSA PRIVATE KEY-----', 'MIIEowIBAAKCAQEA1', 'abcdefghijklmnop', '-----END RSA PRIVATE KEY-----', '<saml:Assertion ID="1">', '  <saml:NameID>anna</saml:NameID>', '</saml:Assertion> after'];
  const masked = given.map((line) => masker.line(line));
  assert.equal(masked[0], 'before');
  assert.equal(masked[4], 'MASKED-block-' + (masked[4] ?? '').slice(13, 23) + '-----END RSA PRIVATE KEY-----');
  assert.ok(!masked.join('\n').includes('MIIEow'));
  assert.ok(!masked.join('\n').includes('anna'));
  assert.match(masked[7] ?? '', /<\/saml:Assertion> after$/);
});

test('what is no secret stays', () => {
  const masker = createSecretMasker();
  for (const line of [
    '2026-11-21 09:00:00 10.0.0.1 POST /EWS/Exchange.asmx - 443 CONTOSO\\anna 10.0.0.2 ASProxy/CrossForest/EmailDomain//15.20 200 0 0 12',
    'WWW-Authenticate: Bearer client_id="00000002-0000-0ff1-ce00-000000000000", token_types="app_asserted_user_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"',
    'Authn: Negotiate* NTLM, Basic authentication is off',
    'AADSTS50012: Client assertion contains an invalid signature.',
    'token: The token has an invalid signature.', 'config=x-y-z',
    'The entered and stored passwords do not match.',
    'The password for the account has expired.', 'The password has to be changed.', 'The password is expired since 3 May 2026.', 'The password was changed to comply with the policy of 2026.',
    'AADSTS50055: The password is 0x80048821 expired', 'net user anna /domain', 'Das Kennwort muss bei der nächsten Anmeldung geändert werden.',
    'BasicAuthentication            : False',
    'CurrentCertificateThumbprint   : 8D9C2F0A11223344556677889900AABBCCDDEEFF',
    'Set-OrganizationRelationship -Identity "O365 to On-premises" -TargetSharingEpr https://x/EWS/Exchange.asmx',
  ]) {
    assert.equal(masker.line(line), line);
  }
});

test('the same secret has the same name under one key, and another under another', () => {
  const key = Buffer.alloc(32, 1);
  assert.equal(createSecretMasker(key).line(`password=${secret}`), createSecretMasker(key).line(`password=${secret}`));
  assert.notEqual(createSecretMasker().line(`password=${secret}`), createSecretMasker().line(`password=${secret}`));
  const once = createSecretMasker(key).line(`password=${secret}`);
  assert.equal(createSecretMasker(key).line(once), once);
});

test('a token is masked behind a line break of JSON, a point and a hyphen; a word that only looks like one is not', () => {
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL3gifQ.c2lnbmF0dXJl';
  const masker = createSecretMasker();
  for (const before of [String.raw`{"log":"first\n`, 'sub.domain-name.', 'token-', 'x_']) assert.ok(!masker.line(`${before}${token}"`).includes('eyJhbGci'), before);
  assert.equal(masker.line('keyJournal.settings'), 'keyJournal.settings');
});
