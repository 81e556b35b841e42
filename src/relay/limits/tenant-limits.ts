import { z } from 'zod';

const limit = z.number().int().positive().max(1e7).nullable();
const rate = z.number().positive().max(1e6).nullable();

/** What one tenant may use of a relay, over all its applications; null: no limit. */
export const tenantLimitsSchema = z.object({
  /** Requests a second, with one second's worth at once. Default none: tenants that are busy at the same time take turns. */
  requestsPerSecond: rate.default(null),
  /** Requests in work. Default 5,000. */
  requestsInFlight: limit.default(5000),
  /** Client connections, pass-through ones included. Default 10,000. */
  connections: limit.default(10_000),
  /** New client connections a second, with five seconds' worth at once; more are closed before TLS. Default none. */
  connectionsPerSecond: rate.default(null),
});

export type TenantLimits = z.infer<typeof tenantLimitsSchema>;

/** Where a tenant differs from what the relay gives everybody. */
export const tenantLimitChangesSchema = z.strictObject({ requestsPerSecond: rate, requestsInFlight: limit, connections: limit, connectionsPerSecond: rate }).partial();

export type TenantLimitChanges = z.infer<typeof tenantLimitChangesSchema>;

/** The limits of a tenant that differs from everybody in some of them. */
export function applyLimitChanges(everybody: TenantLimits, changes: TenantLimitChanges): TenantLimits {
  return tenantLimitsSchema.parse({ ...everybody, ...Object.fromEntries(Object.entries(changes).filter(([, limit]) => limit !== undefined)) });
}
