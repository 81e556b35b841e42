import { z } from 'zod';
import { defaultAllowedPaths, healthCheckSchema, isPathPattern, targetSchema } from '../../tunnel/index.ts';

const milliseconds = z.number().int().min(100).max(24 * 3600 * 1000);
const hostNamePattern = z
  .string()
  .max(253)
  .regex(/^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i, 'must be a host name')
  .transform((host) => host.toLowerCase());

/** What an administrator sets on an application; everything but the targets has a default. */
export const applicationSettingsSchema = z.object({
  name: z.string().min(1).max(200).default('Exchange'),
  targets: z.array(targetSchema).min(1).max(16),
  allowedPaths: z.array(z.string().max(300).refine(isPathPattern, 'must be a plain path, optionally ending in /*')).max(100).default([...defaultAllowedPaths]),
  /** Sent to the target instead of the `Host` of the client. Default: unchanged. */
  hostHeader: z.string().max(260).regex(/^[a-z0-9.-]+(:\d{1,5})?$/i, 'must be a host name').nullable().default(null),
  /** Milliseconds from the end of a request to the first byte of its answer. Default 180,000. */
  responseTimeoutMs: milliseconds.default(180_000),
  /** Milliseconds without a byte in either direction after which a transfer is given up. Default 180,000. */
  idleTimeoutMs: milliseconds.default(180_000),
  /** Requests a second over all clients; null: no limit. */
  requestsPerSecond: z.number().positive().max(1e6).nullable().default(null),
  healthCheck: healthCheckSchema.nullable().default(null),
  /** Host names of its own whose TLS is passed to the target untouched, routed by SNI. */
  passThroughHosts: z.array(hostNamePattern).max(16).default([]),
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
