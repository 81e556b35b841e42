import { z } from 'zod';
import { isPathPattern } from '../path-policy.ts';

const milliseconds = z.number().int().min(100).max(24 * 3600 * 1000);

/** One internal server behind an application. */
export const targetSchema = z.object({
  /** `https://host[:port]`, without path. */
  url: z
    .string()
    .max(300)
    .refine((text) => isTargetUrl(text), 'must be https://host[:port] without a path'),
  /** Share of new connections among healthy targets. Default 1; 0 makes it a stand-by that is used when no other is healthy. */
  weight: z.number().int().min(0).max(1000).default(1),
});

/** How an agent finds out that a target works. */
export const healthCheckSchema = z.object({
  /** Path of a GET request; any answer below 500 counts as healthy. Absent: a TLS handshake is enough. */
  path: z.string().startsWith('/').max(300).optional(),
  intervalMs: milliseconds.default(10_000),
  timeoutMs: milliseconds.default(5_000),
});

/** An application as the relay pushes it to agents: what to connect to, and the policy that the agent enforces again. */
export const applicationConfigurationSchema = z.object({
  id: z.guid(),
  targets: z.array(targetSchema).min(1).max(16),
  allowedPaths: z.array(z.string().max(300).refine(isPathPattern, 'must be a plain path, optionally ending in /*')).max(100),
  healthCheck: healthCheckSchema.optional(),
  /** Host names whose TLS the agent passes through to the target untouched. */
  passThroughHosts: z.array(z.string().max(253)).max(16).default([]),
});

export type Target = z.infer<typeof targetSchema>;
export type HealthCheck = z.infer<typeof healthCheckSchema>;
export type ApplicationConfiguration = z.infer<typeof applicationConfigurationSchema>;

function isTargetUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '' && url.hostname !== '';
}
