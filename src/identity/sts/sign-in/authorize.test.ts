import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { outlookClientId } from '../../well-known.ts';
import { base, refused, tenant, v1Path, v2Path } from '../start-test-sts.ts';
import { answerOf, inputsOf, locationOf } from './test-browser.ts';
import { mailScope, nativeClient, nativeRedirect, startTestSignIn, webClient, webRedirect } from './start-test-sign-in.ts';

const { time, entries, post, authorizePath, getCode, getTokens, refresh, browse, secretText } = await startTestSignIn();

test('a person signs in, and the code becomes tokens', async () => {
  const browser = browse();
  const { form } = await getCode({ browser, parameters: { nonce: 'nonce-1' } });
  const { status, body } = await post(v2Path, { ...form, client_info: '1' });
  assert.equal(status, 200);
  const access = decodeJwt(String(body['access_token']));
  assert.deepEqual([access.aud, access['appid'], access['appidacr'], access['scp'], access['upn'], access['amr']], ['https://mail.contoso.test', nativeClient, '0', 'user_impersonation', 'Anna@contoso.test', ['pwd']]);
  const identity = decodeJwt(String(body['id_token']));
  assert.deepEqual([identity.iss, identity.aud, identity['nonce'], identity['preferred_username']], [`${base}/${tenant}/v2.0`, nativeClient, 'nonce-1', 'Anna@contoso.test']);
  assert.deepEqual(String(body['scope']).split(' '), ['openid', 'profile', 'offline_access', mailScope, 'https://mail.contoso.test/user_impersonation']);
  assert.equal(JSON.parse(Buffer.from(String(body['client_info']), 'base64url').toString()).utid, tenant);
  const next = await browser.get(authorizePath());
  assert.deepEqual([next.status, answerOf(next)['state'], answerOf(next)['iss']], [302, 'state-1', `${base}/${tenant}/v2.0`], 'the session answers the next time');
  const tokens = await getTokens({ browser });
  assert.equal('nonce' in decodeJwt(String(tokens.body['id_token'])), false);
});

test('Outlook is registered in every tenant, and version 1 has a resource and texts', async () => {
  const redirectUri = 'urn:ietf:wg:oauth:2.0:oob';
  const browser = browse();
  const path = authorizePath({ client_id: outlookClientId, redirect_uri: redirectUri, scope: '', resource: 'https://mail.contoso.test' }, '/common/oauth2/authorize');
  const answer = await browser.signIn(path);
  assert.match(locationOf(answer), /^urn:ietf:wg:oauth:2\.0:oob\?code=/);
  const { form } = await getCode({ browser, clientId: outlookClientId, redirectUri, parameters: { scope: 'openid offline_access', resource: '' } });
  const v1 = await post('/common/oauth2/token', { ...form, resource: 'https://mail.contoso.test/' });
  assert.deepEqual([v1.status, v1.body['expires_in'], v1.body['resource']], [200, '3600', 'https://mail.contoso.test/']);
  assert.equal(typeof v1.body['refresh_token'], 'string');
  const other = await refresh(v1.body['refresh_token'], { client_id: outlookClientId, resource: 'https://mail.contoso.test' }, v1Path);
  assert.equal(decodeJwt(String(other.body['access_token'])).aud, 'https://mail.contoso.test');
});

test('refusals go back to the application once its address is trusted', async () => {
  const browser = browse();
  const cases: [Record<string, string>, string, number][] = [
    [{ scope: 'https://owa.contoso.test/.default' }, 'invalid_resource', 500011],
    [{ scope: 'Mail.Read' }, 'invalid_scope', 70011],
    [{ scope: 'https://mail.contoso.test/.default https://b.test/.default' }, 'invalid_scope', 70011],
    [{ scope: '' }, 'invalid_request', 900144],
    [{ response_type: 'token' }, 'unsupported_response_type', 700054],
    [{ response_type: '' }, 'invalid_request', 900144],
    [{ response_mode: 'web_message' }, 'invalid_request', 90023],
    [{ prompt: 'create' }, 'invalid_request', 90023],
    [{ max_age: '-1' }, 'invalid_request', 90023],
    [{ code_challenge: '', code_challenge_method: '' }, 'invalid_request', 9002325],
    [{ code_challenge_method: 'plain' }, 'invalid_request', 50149],
    [{ code_challenge_method: '' }, 'invalid_request', 50149],
    [{ code_challenge: 'short' }, 'invalid_request', 501491],
    [{ prompt: 'none' }, 'login_required', 50058],
  ];
  for (const [parameters, error, code] of cases) {
    const answer = await browser.get(authorizePath(parameters));
    assert.equal(answer.status, 302, JSON.stringify(parameters));
    const told = answerOf(answer);
    assert.deepEqual([told['error'], told['state'], told['code']], [error, 'state-1', undefined], JSON.stringify(parameters));
    assert.match(String(told['error_description']), new RegExp(`^AADSTS${code}: .+\r\nTrace ID: .+\r\nCorrelation ID: .+\r\nTimestamp: `));
    assert.ok(locationOf(answer).startsWith(`${nativeRedirect}?error=${error}&error_description=AADSTS${code}%3A+`));
  }
  assert.equal(entries.at(-1)?.errorCode, 'AADSTS50058');
  const posted = await browser.get(authorizePath({ response_mode: 'form_post', scope: 'x' }));
  assert.deepEqual([posted.status, inputsOf(posted)['error']], [200, 'invalid_scope']);
});

test('the answer comes in the query, the fragment or a form, as asked for', async () => {
  const browser = browse();
  await getCode({ browser });
  assert.match(locationOf(await browser.get(authorizePath({ response_mode: 'query' }))), /^http:\/\/127\.0\.0\.1:49152\?code=[^#]*$/);
  const inFragment = locationOf(await browser.get(authorizePath({ response_mode: 'fragment', state: 'a b&c' })));
  assert.match(inFragment, /^http:\/\/127\.0\.0\.1:49152#code=[^?]*$/);
  const answer = new URLSearchParams(new URL(inFragment).hash.slice(1));
  assert.deepEqual([answer.get('state'), answer.get('iss')], ['a b&c', `${base}/${tenant}/v2.0`]);
  const refusal = locationOf(await browser.get(authorizePath({ response_mode: 'fragment', scope: 'x' })));
  assert.match(refusal, /^http:\/\/127\.0\.0\.1:49152#error=invalid_scope&/);
  assert.match(inputsOf(await browser.get(authorizePath({ response_mode: 'form_post' })))['code'] ?? '', /^[\w-]{40,}$/);
});

test('prompt, login_hint and max_age decide whether the session will do', async () => {
  const browser = browse();
  await getCode({ browser });
  for (const parameters of [{ prompt: 'login' }, { prompt: 'select_account' }, { login_hint: 'bert@contoso.test' }]) {
    const page = await browser.get(authorizePath(parameters));
    assert.match(page.text, /<h1>Sign in<\/h1>/, JSON.stringify(parameters));
  }
  for (const parameters of [{ prompt: 'none' }, { login_hint: 'ANNA@contoso.test' }, { max_age: '60' }]) {
    assert.ok('code' in answerOf(await browser.get(authorizePath(parameters))), JSON.stringify(parameters));
  }
  time.offset = 61_000;
  const again = await browser.signIn(authorizePath({ max_age: '60', prompt: 'login' }));
  assert.ok('code' in answerOf(again), 'after the sign-in it does not ask again');
  assert.match((await browse().get(authorizePath({ login_hint: 'anna@contoso.test' }))).text, /name="username" type="email" value="anna@contoso\.test"/);
});

test('a web application has the answer posted, and proves itself with its secret', async () => {
  const browser = browse();
  const page = await browser.signIn(authorizePath({ client_id: webClient, redirect_uri: webRedirect, response_mode: 'form_post', code_challenge: '', code_challenge_method: '', state: '<"&>' }));
  const { code = '', state } = inputsOf(page);
  assert.equal(state, '<"&>');
  assert.match(String(page.headers['content-security-policy']), /script-src 'self'; form-action 'self' https:\/\/app\.contoso\.test;/);
  assert.match(page.text, /<form method="post" action="https:\/\/app\.contoso\.test\/signed-in">/);
  const form = { grant_type: 'authorization_code', client_id: webClient, redirect_uri: webRedirect, code };
  refused(await post(v2Path, form), 401, 'invalid_client', [7000218]);
  refused(await post(v2Path, { ...form, client_secret: 'wrong' }), 401, 'invalid_client', [7000215]);
  const { body } = await post(v2Path, { ...form, client_secret: secretText });
  assert.equal(decodeJwt(String(body['access_token']))['appidacr'], '1');
  refused(await refresh(body['refresh_token'], { client_id: webClient }), 401, 'invalid_client', [7000218]);
});

test('a sign-in alone gives tokens for the application itself', async () => {
  const { body } = await getTokens({ parameters: { scope: 'openid profile' } });
  assert.deepEqual([decodeJwt(String(body['access_token'])).aud, body['scope'], 'refresh_token' in body], [nativeClient, 'openid profile', false]);
});

test('signing out ends the session', async () => {
  const browser = browse();
  await getCode({ browser });
  const session = browser.cookies.get('__Host-hybridge-session') ?? '';
  assert.match((await browser.get(`/${tenant}/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.test`)).text, /You are signed out/);
  assert.equal(browser.cookies.has('__Host-hybridge-session'), false);
  browser.cookies.set('__Host-hybridge-session', session);
  assert.match((await browser.get(authorizePath())).text, /<h1>Sign in<\/h1>/, 'the old cookie is worth nothing');
});

test('authorization requests may be posted, and sessions end', async () => {
  const browser = browse();
  await getCode({ browser });
  const [path = '', query = ''] = authorizePath().split('?');
  assert.ok('code' in answerOf(await browser.post(path, Object.fromEntries(new URLSearchParams(query)))));
  time.offset = 86_401_000;
  assert.match((await browser.get(authorizePath())).text, /<h1>Sign in<\/h1>/);
});
