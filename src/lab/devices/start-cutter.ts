import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { listen } from '../../foundation/index.ts';
import type { Dial, Listener } from '../../foundation/index.ts';
import type { CutCondition } from '../conditions/condition.ts';

/** RFC 8446 §5.1: the type of a record is its first byte, the length its fourth and fifth. */
const recordHeader = 5;
const applicationData = 23;
/** A client's Finished is shorter, a request longer. */
const longestFinished = 128;

/**
 * A device that forwards bytes and resets connections: at the first byte of a handshake, or when the client has sent the
 * first record that can be a request. It knows no key and sees no more than an inspecting firewall does.
 */
export async function startCutter({ at, how, hosts: [host = ''] }: CutCondition, dial: Dial): Promise<Listener> {
  const server = createServer((client) => void serve(client, { at, how }, () => dial(host, 443)));
  return listen(server);
}

async function serve(client: Socket, { at, how }: Pick<CutCondition, 'at' | 'how'>, connect: () => Promise<Socket>): Promise<void> {
  client.on('error', () => undefined);
  const cut = (): unknown => (how === 'reset' ? client.resetAndDestroy() : client.pause());
  if (at === 'handshake') return void client.once('data', cut);
  client.pause();
  const server = await connect().catch(() => undefined);
  if (server === undefined) return void client.resetAndDestroy();
  server.on('error', () => client.resetAndDestroy());
  client.once('close', () => server.destroy());
  const isRequest = requestWatch();
  client.on('data', (chunk) => {
    if (isRequest(chunk)) {
      server.unpipe(client);
      server.destroy();
      cut();
    } else server.write(chunk);
  });
  server.pipe(client);
  client.resume();
}

/** Follows TLS records; true from the first one that can carry a request. */
function requestWatch(): (chunk: Buffer) => boolean {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= recordHeader) {
      const length = pending.readUInt16BE(3);
      if (pending[0] === applicationData && length > longestFinished) return true;
      if (pending.length < recordHeader + length) return false;
      pending = pending.subarray(recordHeader + length);
    }
    return false;
  };
}
