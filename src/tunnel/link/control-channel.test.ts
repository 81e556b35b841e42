import assert from 'node:assert/strict';
import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import { createControlChannel } from './control-channel.ts';
import type { AgentMessage, RelayMessage } from './control-messages.ts';
import { relayMessageSchema, relayMessageTypes } from './control-messages.ts';

function open(): { stream: Duplex; messages: RelayMessage[]; errors: string[]; next: () => Promise<void> } {
  const [stream, other] = duplexPair();
  const messages: RelayMessage[] = [];
  const errors: string[] = [];
  let wake: () => void = () => undefined;
  createControlChannel<RelayMessage, AgentMessage>(other, {
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
  });
  return { stream, messages, errors, next: () => new Promise((resolve) => (wake = resolve)) };
}

test('delivers messages in order, however their bytes arrive, and ignores types of later versions', async () => {
  const { stream, messages, errors, next } = open();
  const heard = next();
  const bytes = Buffer.from('{"type":"sing","song":"ü"}\n{"type":"drain"}\n');
  for (const byte of bytes) stream.write(Buffer.from([byte]));
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
  test(`refuses ${name}`, async () => {
    const { stream, messages, errors, next } = open();
    const heard = next();
    stream.write(line);
    await heard;
    assert.deepEqual(errors, ['TUNNEL_CONTROL_INVALID']);
    stream.write('{"type":"drain"}\n');
    assert.deepEqual(messages, []);
  });
}
