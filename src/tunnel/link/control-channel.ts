import { StringDecoder } from 'node:string_decoder';
import type { z } from 'zod';
import type { LinkStream } from '../http2/link-stream.ts';
import { TunnelError } from '../tunnel-error.ts';

/** One message, as a line of JSON: 4 MiB holds the configuration of thousands of applications. */
const maximumLineLength = 4 * 1024 * 1024;

export interface ControlChannel<Outgoing> {
  /** Sends a message; silently nothing once the stream has ended. */
  send(message: Outgoing): void;
  end(): void;
}

export interface ControlChannelOptions<Incoming> {
  /** Parses what this side understands; messages of any other `type` are ignored, so that versions may differ. */
  schema: z.ZodType<Incoming>;
  knownTypes: ReadonlySet<string>;
  onMessage: (message: Incoming) => void;
  /** `TUNNEL_CONTROL_INVALID`: the peer broke the protocol, end the link. */
  onError: (error: TunnelError) => void;
}

/** Typed messages over a stream, one JSON object a line. */
export function createControlChannel<Incoming, Outgoing>(stream: LinkStream, options: ControlChannelOptions<Incoming>): ControlChannel<Outgoing> {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  let failed = false;
  const fail = (reason: string, cause?: unknown): void => {
    failed = true;
    options.onError(new TunnelError('TUNNEL_CONTROL_INVALID', 'The peer sent a control message that makes no sense.', { facts: { reason }, cause }));
  };
  stream.onData = (chunk) => {
    if (failed) return;
    pending += decoder.write(chunk);
    if (pending.length > maximumLineLength) return fail('too long');
    const lines = pending.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      if (failed) return;
      receive(line);
    }
  };
  const receive = (line: string): void => {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      return fail('not JSON', error);
    }
    const type = typeof value === 'object' && value !== null ? (value as { type?: unknown }).type : undefined;
    if (typeof type !== 'string') return fail('no type');
    if (!options.knownTypes.has(type)) return;
    const parsed = options.schema.safeParse(value);
    if (!parsed.success) return fail(`wrong shape of ${type}`, parsed.error);
    options.onMessage(parsed.data);
  };
  stream.resume();
  return {
    send(message) {
      stream.write(Buffer.from(`${JSON.stringify(message)}\n`));
    },
    end() {
      stream.end();
    },
  };
}
