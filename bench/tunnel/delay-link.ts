// A loopback relay of bytes that delivers each piece some milliseconds after it came, both ways: a long line. It models
// delay only, not loss, and TCP beneath it sees no delay: what is tested are the windows of the protocols above.
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { DelaySettings } from './settings.ts';

const { targetPort, delayMs } = JSON.parse(process.argv[2] ?? '') as DelaySettings;
/** Bytes on the line before its sender is held back; far above any window tested. */
const lineBytes = 256 * 1024 * 1024;

function carry(from: Socket, to: Socket): void {
  const line: { due: number; bytes: Buffer | undefined }[] = [];
  let held = 0;
  let timer: NodeJS.Timeout | undefined;
  const deliver = (): void => {
    timer = undefined;
    const now = performance.now();
    to.cork();
    for (let next = line[0]; next !== undefined && next.due <= now + 0.5; next = line[0]) {
      line.shift();
      if (next.bytes === undefined) to.end();
      else {
        held -= next.bytes.length;
        to.write(next.bytes);
      }
    }
    to.uncork();
    if (from.isPaused() && held < lineBytes) from.resume();
    const first = line[0];
    if (first !== undefined) timer = setTimeout(deliver, Math.max(0, first.due - performance.now()));
  };
  const put = (bytes: Buffer | undefined): void => {
    line.push({ due: performance.now() + delayMs, bytes });
    timer ??= setTimeout(deliver, delayMs);
  };
  from.on('data', (chunk: Buffer) => {
    held += chunk.length;
    if (held >= lineBytes) from.pause();
    put(chunk);
  });
  from.once('end', () => put(undefined));
  from.on('error', () => to.destroy());
  from.once('close', () => {
    if (!from.readableEnded) to.destroy();
  });
}

const server = net.createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
  const target = net.connect({ port: targetPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  carry(client, target);
  carry(target, client);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message) => {
  if (message === 'stop') process.exit(0);
});
