// Clients that connect and vanish, in a process of their own: argv holds port, host name, CA file and how many of each kind.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

const [port = '', host = '', caFile = '', open = '', cut = '', aborted = ''] = process.argv.slice(2);
const ca = readFileSync(caFile, 'utf8');
const request = `POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\n\r\nabc`;

/** A TCP connection that says nothing and goes. */
function halfOpen(): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.destroy());
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}

/** A TLS client that sends some of a request and goes; with all of the head, a stream to the agent has been opened by then. */
function cutOff(bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = tls.connect({ port: Number(port), host: '127.0.0.1', servername: host, ca }, () => {
      socket.write(bytes, () => setImmediate(() => socket.destroy()));
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}

async function repeat(times: number, work: () => Promise<void>): Promise<void> {
  let left = times;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: 32 }, worker));
}

await repeat(Number(open), halfOpen);
await repeat(Number(cut), () => cutOff(request.slice(0, 40)));
await repeat(Number(aborted), () => cutOff(request));
process.stdout.write('done\n');
