import { z } from 'zod';

/** A line of `/api/tail`. Time is epoch milliseconds, `durationMs` milliseconds. */
export const tailLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request'),
    time: z.number(),
    requestId: z.string(),
    method: z.string(),
    path: z.string(),
    host: z.string(),
    clientAddress: z.string(),
    status: z.number(),
    errorCode: z.string().optional(),
    bytesReceived: z.number(),
    bytesSent: z.number(),
    durationMs: z.number(),
    tenant: z.string().optional(),
    application: z.string().optional(),
    agent: z.string().optional(),
  }),
  /** Requests that this watcher was too slow for. */
  z.object({ type: z.literal('dropped'), count: z.number() }),
  /** At the beginning, and now and then on a quiet relay. */
  z.object({ type: z.literal('alive') }),
]);

export type TailLine = z.infer<typeof tailLineSchema>;
