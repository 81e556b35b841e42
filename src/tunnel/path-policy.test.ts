import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { comparablePath, createPathPolicy, defaultAllowedPaths, isPathPattern } from './path-policy.ts';

test('allows what is published, in any case and nothing beside', () => {
  const allows = createPathPolicy([...defaultAllowedPaths, '/exact']);
  const verdict = (path: string): boolean => {
    const comparable = comparablePath(path);
    return comparable !== undefined && allows(comparable);
  };
  for (const path of ['/EWS/Exchange.asmx', '/ews/exchange.asmx', '/EWS', '/autodiscover/autodiscover.svc/WSSecurity', '/%45WS/x', '/EWS/a%20b', '/EWS/a.b/..c/x', '/exact']) assert.equal(verdict(path), true, path);
  for (const path of ['/', '/owa', '/EWSX', '/exact/more', '/EWS/../owa', '/EWS/./x', '/EWS/%2e%2e/owa', '/EWS/%2E/x', '/EWS%2f..%2fowa', '/EWS/..%5cowa', '/EWS/..\\owa', '/EWS/%252e%252e/owa', '/EWS/..;/owa', '/EWS/...;a/x', '/EWS/.. /x', '/EWS/..%20/x', '/EWS/%u002e/', '/EWS/%', '/EWS/%zz', '/EWS/%c0%af', '/EWS/%00', '/EWS/%0d%0a', '//EWS/', 'EWS/']) {
    assert.equal(verdict(path), false, path);
  }
});

test('a path that is accepted has no segment that any server could climb out with', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('/', '.', '..', '%2e', '%2f', '%5c', '\\', ';', 'a', '%', '25', ' ', '%20'), { maxLength: 8 }), (parts) => {
      const comparable = comparablePath(`/EWS/${parts.join('')}`);
      if (comparable === undefined) return;
      const climbed = new URL(`https://x${comparable.replaceAll('%', '%25')}`).pathname;
      assert.ok(climbed.toLowerCase().startsWith('/ews/'), comparable);
      assert.ok(!comparable.includes('\\') && !comparable.split('/').some((segment) => /^\.+\s*(;|$)/.test(segment)));
    }),
    { numRuns: 3000 },
  );
});

test('patterns of applications are plain paths', () => {
  for (const pattern of ['/EWS/*', '/mapi/*', '/x', '/*']) assert.equal(isPathPattern(pattern), true, pattern);
  for (const pattern of ['EWS/*', '/a*b', '/a/*/b', '/../x', '', '/a?b', '/%2f']) assert.equal(isPathPattern(pattern), false, pattern);
});
