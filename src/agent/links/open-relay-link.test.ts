import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import { systemDial } from '../../foundation/index.ts';
import { dialThroughProxy } from './dial-through-proxy.ts';
import { openRelayLink } from './open-relay-link.ts';

const connected = 'HTTP/1.1 200 OK\r\n\r\n';
const cases = [
  { what: 'a silent proxy', answer: '', timeoutMs: 200, code: 'AGENT_PROXY_SILENT', message: /^The outbound proxy 127\.0\.0\.1:\d+ did not answer in time/ },
  { what: 'a silent relay behind it', answer: connected, timeoutMs: 500, code: 'AGENT_RELAY_UNREACHABLE', message: /no answer in time/ },
  { what: 'a page instead of TLS', answer: `${connected}<html></html>`, timeoutMs: 20_000, code: 'AGENT_RELAY_ANSWER', message: /does not speak TLS/ },
  { what: 'something else than a proxy', answer: 'SSH-2.0-OpenSSH_9.2\r\n\r\n', timeoutMs: 20_000, code: 'AGENT_PROXY_REFUSED', message: /did not answer as a proxy does/ },
  { what: 'a proxy that refuses', answer: 'HTTP/1.1 403 Forbidden\r\n\r\n', timeoutMs: 20_000, code: 'AGENT_PROXY_REFUSED', message: /refused the connection to relay\.test:443 \(403\)/ },
  { what: 'a proxy that does not get through', answer: 'HTTP/1.1 503 Service Unavailable\r\n\r\n', timeoutMs: 20_000, code: 'AGENT_PROXY_REFUSED', message: /does not get through to relay\.test:443 \(503\)/ },
];

for (const { what, answer, timeoutMs, code, message } of cases) {
  test(`${what} is told as such`, async () => {
    const sockets: Socket[] = [];
    const proxy = net.createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(answer));
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const { port } = proxy.address() as AddressInfo;
    const nothing = (): void => undefined;
    const link = openRelayLink({
      host: 'relay.test',
      port: 443,
      dial: dialThroughProxy({ url: `http://127.0.0.1:${port}` }, systemDial),
      certificate: '',
      privateKey: '',
      hello: () => assert.fail('there is no relay'),
      onMessage: nothing,
      onStream: nothing,
      onClosed: nothing,
      connectTimeoutMs: timeoutMs,
    });
    await assert.rejects(link, { code, message });
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
}
