import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noAccessLog, silentLog } from '../../foundation/index.ts';
import type { OutboundProxy } from '../links/dial-through-proxy.ts';
import { agentOptions, loadAgentConfiguration } from './agent-configuration.ts';

const proxyOf = (environment: Record<string, string>): OutboundProxy | undefined => agentOptions(loadAgentConfiguration({ state: 'agent-state' }, environment), { log: silentLog, accessLog: noAccessLog }).proxy;

test('the proxy of the environment counts where the configuration names none', () => {
  assert.equal(proxyOf({}), undefined);
  assert.equal(proxyOf({ HTTPS_PROXY: '' }), undefined);
  assert.deepEqual(proxyOf({ HTTPS_PROXY: 'proxy.test:8080' }), { url: 'http://proxy.test:8080' });
  assert.deepEqual(proxyOf({ https_proxy: 'http://u:p%40@lower.test:8080', HTTPS_PROXY: 'upper.test', NO_PROXY: 'contoso.local' }), { url: 'http://u:p%40@lower.test:8080', noProxy: 'contoso.local' });
  assert.deepEqual(proxyOf({ HTTPS_PROXY: 'http://other.test', NO_PROXY: '*', HYBRIDGE_AGENT_PROXY_URL: 'http://own.test:3128' }), { url: 'http://own.test:3128/' });
  for (const wrong of ['socks5://proxy.test', 'http://u:5%@proxy.test', 'http://', 'http://proxy.test/path', 'proxy test']) {
    assert.throws(() => proxyOf({ HTTPS_PROXY: wrong }), { code: 'CONFIGURATION_INVALID', message: /^HTTPS_PROXY: / }, wrong);
  }
});
