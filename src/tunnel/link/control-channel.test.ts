import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { LinkSession } from '../http2/link-session.ts';
import type { LinkStream } from '../http2/link-stream.ts';
import { createControlChannel } from './control-channel.ts';
import type { AgentMessage, RelayMessage } from './control-messages.ts';
import { relayMessageSchema, relayMessageTypes } from './control-messages.ts';

const settings = { maximumStreams: 10, streamWindow: 16 * 1024 * 1024, linkWindow: 16 * 1024 * 1024, onClose: () => undefined };

async function open(t: TestContext): Promise<{ stream: LinkStream; messages: RelayMessage[]; errors: string[]; next: () => Promise<void> }> {
  const listener = net.createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const relay = net.connect((listener.address() as AddressInfo).port, '127.0.0.1');
  const [agent] = (await once(listener, 'connection')) as [net.Socket];
  t.after(() => {
    relay.destroy();
    agent.destroy();
    listener.close();
  });
  const messages: RelayMessage[] = [];
  const errors: string[] = [];
  let wake: () => void = () => undefined;
  const session = new LinkSession(relay, { ...settings, role: 'client' });
  void new LinkSession(agent, {
    ...settings,
    role: 'server',
    onStream: (stream) =>
      void createControlChannel<RelayMessage, AgentMessage>(stream, {
        schema: relayMessageSchema,
        knownTypes: relayMessageTypes,
        onMessage: (message) => {
          messages.push(message);
          wake();
        },
        onError: (error) => {
          errors.push(error.code);
          wake();
        },
      }),
  });
  return { stream: session.open([[':method', 'POST'], [':scheme', 'https'], [':path', '/']]), messages, errors, next: () => new Promise((resolve) => (wake = resolve)) };
}

test('delivers messages in order, however their bytes arrive, and ignores types of later versions', async (t) => {
  const { stream, messages, errors, next } = await open(t);
  const heard = next();
  const bytes = Buffer.from('{"type":"sing","song":"ü"}\n{"type":"drain"}\n');
  for (const byte of bytes) {
    stream.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await heard;
  assert.deepEqual(messages, [{ type: 'drain' }]);
  assert.deepEqual(errors, []);
});

for (const [name, line] of [
  ['what is not JSON', 'hello\n'],
  ['what has no type', '{"a":1}\n'],
  ['a known type of the wrong shape', '{"type":"welcome"}\n'],
  ['a configuration with a target that is no https address', '{"type":"configuration","revision":"1","applications":[{"id":"00000000-0000-4000-8000-000000000000","targets":[{"url":"http://x"}],"allowedPaths":[]}]}\n'],
  ['a line without end', 'x'.repeat(5 * 1024 * 1024)],
] as const) {
  test(`refuses ${name}`, async (t) => {
    const { stream, messages, errors, next } = await open(t);
    const heard = next();
    stream.write(Buffer.from(line));
    await heard;
    assert.deepEqual(errors, ['TUNNEL_CONTROL_INVALID']);
    stream.write(Buffer.from('{"type":"drain"}\n'));
    assert.deepEqual(messages, []);
  });
}
