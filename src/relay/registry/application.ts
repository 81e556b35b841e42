import { z } from 'zod';
import { defaultAllowedPaths, healthCheckSchema, isPathPattern, targetSchema } from '../../tunnel/index.ts';
import { accessTokenSettingsSchema } from '../access-tokens/access-token-settings.ts';
import { expandPresets } from './path-presets.ts';

const milliseconds = z.number().int().min(100).max(24 * 3600 * 1000);
const count = z.number().int().positive().max(1e7);
const hostNamePattern = z
  .string()
  .max(253)
  .regex(/^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i, 'must be a host name')
  .transform((host) => host.toLowerCase());

/** What an administrator sets on an application; everything but the targets has a default. */
export const applicationSettingsSchema = z.object({
  name: z.string().min(1).max(200).default('Exchange'),
  targets: z.array(targetSchema).min(1).max(16),
  /** Paths such as `/EWS/*`, or names of presets, which stand for theirs. */
  allowedPaths: z
    .array(z.string().max(300))
    .transform(expandPresets)
    .pipe(z.array(z.string().refine(isPathPattern, 'must be a plain path, optionally ending in /*, or the name of a preset')).max(100))
    .default([...defaultAllowedPaths]),
  /** Host names of its own at which TLS ends at the relay, which must have a certificate for them. */
  hostNames: z.array(hostNamePattern).max(16).default([]),
  /** Sent to the target instead of the `Host` of the client. Default: unchanged. */
  hostHeader: z.string().max(260).regex(/^[a-z0-9.-]+(:\d{1,5})?$/i, 'must be a host name').nullable().default(null),
  /** Milliseconds from the end of a request to the first byte of its answer. Default 180,000. */
  responseTimeoutMs: milliseconds.default(180_000),
  /** Milliseconds without a byte in either direction after which a transfer is given up. Default 180,000. */
  idleTimeoutMs: milliseconds.default(180_000),
  /** Milliseconds from the first byte of a request to the last of its answer; null: as long as bytes come. */
  totalTimeoutMs: milliseconds.nullable().default(null),
  /** Requests a second over all clients; null: no limit. */
  requestsPerSecond: z.number().positive().max(1e6).nullable().default(null),
  /** Requests in work over all clients; null: what the tenant may. */
  requestsInFlight: count.nullable().default(null),
  /** Client connections, pass-through ones included; null: what the tenant may. */
  connections: count.nullable().default(null),
  /** Bytes of a request's line and header fields. Default 131,072, which is also the most. */
  headBytes: z.number().int().min(1024).max(128 * 1024).default(128 * 1024),
  /** Bytes of a request's body; null: no limit. */
  bodyBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
  healthCheck: healthCheckSchema.nullable().default(null),
  /** Host names of its own whose TLS is passed to the target untouched, routed by SNI. */
  passThroughHosts: z.array(hostNamePattern).max(16).default([]),
  /** Tells targets of pass-through connections the client's address, with a PROXY protocol header (version 2) ahead of everything. */
  proxyProtocol: z.boolean().default(false),
  /** Access tokens are looked at before a request reaches an agent; null: only the target does. */
  accessTokens: accessTokenSettingsSchema.nullable().default(null),
});

export type ApplicationSettings = z.infer<typeof applicationSettingsSchema>;
export type NewApplication = z.input<typeof applicationSettingsSchema>;

export interface Application extends ApplicationSettings {
  /** GUID: the first label of the endpoint's host name. Never an agent's id. */
  id: string;
  tenantId: string;
  /** Epoch milliseconds. */
  createdAt: number;
}
