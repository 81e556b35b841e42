import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileNoProxy } from './compile-no-proxy.ts';

const direct = (list: string, host: string, port = 443): boolean => compileNoProxy(list)(host, port);

test('every usual spelling of NO_PROXY', () => {
  for (const list of ['relay.contoso.local', 'contoso.local', '.contoso.local', '*.contoso.local', 'CONTOSO.local.', 'other, contoso.local', 'other contoso.local', 'contoso.local:443', '*', 'other,*']) {
    assert.equal(direct(list, 'Relay.contoso.local'), true, list);
  }
  for (const list of ['', ' , ', 'oso.local', 'contoso.local:8443', 'x.contoso.local', '10.0.0.0/8', '10.0.0.0/99', '1/1', '.', 'local:x']) {
    assert.equal(direct(list, 'relay.contoso.local'), false, list);
  }
});

test('addresses and networks, of both families', () => {
  for (const list of ['10.1.2.3', '10.0.0.0/8', '10.9.9.9/8', '10.1.2.3:443', '0.0.0.0/0']) assert.equal(direct(list, '10.1.2.3'), true, list);
  for (const list of ['11.0.0.0/8', '10.1.2.3:80', '2.3', '10.1.2.0/33']) assert.equal(direct(list, '10.1.2.3'), false, list);
  for (const list of ['2001:db8::1', '[2001:db8::1]', '[2001:db8::1]:443', '2001:db8::/32']) assert.equal(direct(list, '2001:db8::1'), true, list);
  for (const list of ['2001:db9::/32', '[2001:db8::1]:80']) assert.equal(direct(list, '2001:db8::1'), false, list);
});
