import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineTokens } from './examine-tokens.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const second = now / 1000;
const tenant = 'f31f3647-5d87-4b69-a0b6-73f62aeab14c';
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object, header: object = { alg: 'RS256', x5t: 'AbCdEf' }): string => `${part(header)}.${part(claims)}.c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0`;
const person = { aud: 'https://mail.contoso.com', iss: `https://sts.windows.net/${tenant}/`, tid: tenant, nbf: second - 60, exp: second + 3600, appid: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', upn: 'anna@contoso.com', scp: 'user_impersonation', ver: '1.0' };
const said = (token: string): string => examineTokens(token, now).flatMap(({ judgements }) => judgements.map(({ isWrong, text }) => `${isWrong ? '!' : ''}${text}`)).join(' ');

test('a person’s token: whom for, by whom, until when; wrapped, with its scheme; never its signature', () => {
  const token = jwt(person);
  for (const pasted of [token, `Authorization: Bearer ${token}\n`, token.replaceAll(/.{60}/g, '$&\r\n')]) {
    assert.match(said(pasted), /^It holds for 60 minutes more\. Issued by the tenant f31f.* version 1\.0\. It is for mail\.contoso\.com.* It speaks for anna@contoso\.com by Microsoft Office .* allowed: user_impersonation\.$/);
    assert.ok(!JSON.stringify(examineTokens(pasted, now)).includes('c2lnbmF0'));
  }
});

test('what is wrong is said: times, audience, tenants, Graph', () => {
  const expected: readonly [change: object, header: object | undefined, pattern: RegExp][] = [
    [{ exp: second - 600 }, undefined, /!It ended 10 minutes ago/],
    [{ nbf: second + 600 }, undefined, /!It begins in 10 minutes/],
    [{ exp: undefined }, undefined, /!It has no end/],
    [{ aud: 'http://mail.contoso.com' }, undefined, /!Its audience is http:.*2000003/],
    [{ aud: undefined }, undefined, /!It has no audience/],
    [{ aud: '00000003-0000-0000-c000-000000000000' }, { alg: 'RS256', nonce: 'x' }, /!It is for Microsoft Graph\..*nobody but Graph/],
    [{ tid: '11111111-2222-3333-4444-555555555555' }, undefined, /!Issuer and tid name two tenants/],
    [{ iss: 'https://adfs.contoso.com/adfs/services/trust' }, undefined, /no Exchange trusts unless an AuthServer/],
    [{ iss: undefined }, undefined, /!It has no issuer/],
    [{ upn: undefined, idtyp: 'app', roles: ['full_access_as_app'], scp: undefined }, undefined, /for no person.*full_access_as_app/],
  ];
  for (const [change, header, pattern] of expected) assert.match(said(jwt({ ...person, ...change }, header)), pattern);
});

test('a server’s token and the one within it', () => {
  const inner = jwt({ iss: `00000001-0000-0000-c000-000000000000@${tenant}`, aud: `00000002-0000-0ff1-ce00-000000000000/mail.contoso.com@contoso.com`, exp: second + 3600, nameid: '00000002-0000-0ff1-ce00-000000000000@x' });
  const outer = jwt({ iss: '00000002-0000-0ff1-ce00-000000000000@contoso.com', aud: '00000002-0000-0ff1-ce00-000000000000/mail.contoso.com@contoso.com', exp: second + 3600, smtp: 'anna@contoso.com', actortoken: inner }, { alg: 'none' });
  const tokens = examineTokens(outer, now);
  assert.equal(tokens.length, 2);
  assert.match(said(outer), /no signature of its own.*Exchange server of contoso\.com.*access control service for the tenant f31f/);
  assert.ok(!JSON.stringify(tokens).includes(inner.slice(0, 30)));
});

test('encrypted and opaque ones, and texts that are none', () => {
  assert.equal(examineTokens(`${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.OKOawDo1.48V1_ALb6.5eym8TW.XFBoMYUZ`, now)[0]?.kind, 'encrypted');
  assert.equal(examineTokens(`0.ARoAR0f0${'Aa1-'.repeat(30)}`, now)[0]?.kind, 'opaque');
  for (const text of ['The request failed with HTTP status 401: Unauthorized', '', 'eyJ', 'aaaaaaaaaa'.repeat(20), 'https://mail.contoso.com/EWS/Exchange.asmx', `${part({ a: 1 })}.not-json.x`]) assert.deepEqual(examineTokens(text, now), [], text);
});
