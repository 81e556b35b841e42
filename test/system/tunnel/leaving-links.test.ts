import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { AgentMessage, RelayMessage } from '../../../src/tunnel/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import { controlPath, createControlChannel, errorCodes, linkProtocol, openLinkSession, relayMessageSchema, relayMessageTypes } from '../../../src/tunnel/index.ts';

const world = await startTunnelWorld();
after(() => world.close());

/** Links of an enrolled agent, each of which goes away in the moment in which the first request comes to it. */
async function openLeavingLinks(stateDirectory: string, count: number): Promise<{ left: () => number; close: () => void }> {
  const { certificate, privateKey } = JSON.parse(readFileSync(join(stateDirectory, 'identity.json'), 'utf8')) as { certificate: string; privateKey: string };
  const sockets: TLSSocket[] = [];
  let left = 0;
  for (let index = 0; index < count; index += 1) {
    const socket = tls.connect({ host: '127.0.0.1', port: world.relay.port, servername: 'relay.test', ca: [world.ca], cert: certificate, key: privateKey, ALPNProtocols: [linkProtocol] });
    sockets.push(socket);
    await once(socket, 'secureConnect');
    const welcome = Promise.withResolvers<void>();
    const session = openLinkSession(socket, {
      role: 'server',
      onStream(stream) {
        if (stream.headers.get(':path') !== controlPath) {
          left += 1;
          session.close();
          stream.reset(errorCodes.refusedStream);
          return;
        }
        stream.respond(200);
        createControlChannel<RelayMessage, AgentMessage>(stream, {
          schema: relayMessageSchema,
          knownTypes: relayMessageTypes,
          onMessage: (message) => message.type === 'welcome' && welcome.resolve(),
          onError: welcome.reject,
        }).send({ type: 'hello', version: '1.0.0', machineName: 'leaving', capabilities: ['http/1.1', 'pass-through'] });
      },
      onDead: () => socket.destroy(),
      onClose: () => undefined,
    });
    await welcome.promise;
  }
  return {
    left: () => left,
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

test('however many links go away in the moment of a request, it finds the one that stays', async () => {
  const { url } = await world.startTarget((_request, response) => void response.end('stayed'));
  const application = await world.publish(url);
  const { stateDirectory } = await world.enrol();
  const leaving = await openLeavingLinks(stateDirectory, 6);
  // Busy, so that the others are asked first.
  const staying = await world.startAgent('contoso', { links: 1 });
  const busy = await Promise.all(Array.from({ length: 3 }, () => world.connect(application)));
  for (let asked = 0; leaving.left() < 6; asked += 1) {
    assert.ok(asked < 100);
    const answer = await world.request(application, '/EWS/Exchange.asmx', { method: 'POST', body: 'once' });
    assert.equal(`${answer.status} ${answer.body.toString()}`, '200 stayed');
  }
  for (const socket of busy) socket.destroy();
  leaving.close();
  await staying.close();
});

test('when all links have gone away, the answer says that nothing was done', async () => {
  const { url } = await world.startTarget((_request, response) => void response.end('never'));
  const application = await world.publish(url, 'fabrikam');
  const { stateDirectory } = await world.enrol('fabrikam');
  const leaving = await openLeavingLinks(stateDirectory, 5);
  const answer = await world.request(application, '/EWS/Exchange.asmx', { method: 'POST', body: 'once' });
  assert.equal(`${answer.status} ${String(answer.headers['x-hybridge-error'])}`, '503 RELAY_NO_AGENT');
  assert.equal(leaving.left(), 5);
  leaving.close();
});
