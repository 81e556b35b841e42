import { z } from 'zod';
import { agentProblemSchema, targetStatusSchema } from '../../tunnel/index.ts';
import { tenantLimitChangesSchema } from '../limits/tenant-limits.ts';
import { applicationSettingsSchema } from '../registry/application.ts';
import { tenantPermissionsSchema } from '../registry/tenant-permissions.ts';

/** What the admin API shows. Times are epoch milliseconds. */
export const tenantViewSchema = z.object({ id: z.string(), name: z.string(), createdAt: z.number(), limits: tenantLimitChangesSchema, permissions: tenantPermissionsSchema });

export const applicationViewSchema = applicationSettingsSchema.extend({
  id: z.string(),
  tenantId: z.string(),
  createdAt: z.number(),
  /** `https://<id>.<relay domain>[:port]`. */
  externalUrl: z.string(),
  /** One for each domain of the relay, the first being `externalUrl`. */
  externalUrls: z.array(z.string()),
});

export const enrolmentTokenViewSchema = z.object({ id: z.string(), tenantId: z.string(), expiresAt: z.number(), usedAt: z.number().optional(), agentId: z.string().optional() });

export const issuedTokenViewSchema = enrolmentTokenViewSchema.extend({
  /** Shown this once. */
  token: z.string(),
});

export const agentViewSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  machineName: z.string(),
  externalIp: z.string().optional(),
  /** `active` while at least one link is up. */
  status: z.enum(['active', 'inactive']),
  version: z.string(),
  links: z.number(),
  /** Client connections in work. */
  activeConnections: z.number(),
  /** Since the relay started, as the relay counts. */
  requests: z.number(),
  errors: z.number(),
  bytesReceived: z.number(),
  bytesSent: z.number(),
  enrolledAt: z.number(),
  certificateExpiresAt: z.number(),
  lastSeenAt: z.number().optional(),
  revokedAt: z.number().optional(),
  /** As the agent last reported them. */
  targets: z.array(targetStatusSchema),
  /** A relay of an older release tells none. */
  problems: z.array(agentProblemSchema).default([]),
});

/** An authority whose agents are let in; `certificate` is PEM, `thumbprint` upper-case hex SHA-1. */
export const authorityViewSchema = z.object({ thumbprint: z.string(), certificate: z.string(), notBefore: z.number(), notAfter: z.number(), issues: z.boolean() });

export const adminKeyViewSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  name: z.string(),
  role: z.enum(['administrator', 'reader']),
  createdAt: z.number(),
  expiresAt: z.number().optional(),
  /** To the hour. */
  lastUsedAt: z.number().optional(),
  /** Until when the key before the last rotation is accepted as well. */
  previousUntil: z.number().optional(),
});

export const issuedKeyViewSchema = adminKeyViewSchema.extend({
  /** Shown this once. */
  key: z.string(),
});

export const auditEntryViewSchema = z.object({
  at: z.number(),
  /** `operator`, or the id of a tenant's key. */
  actor: z.string(),
  actorName: z.string(),
  address: z.string(),
  tenantId: z.string().optional(),
  action: z.string(),
  object: z.string().optional(),
  change: z.unknown().optional(),
});

export type TenantView = z.infer<typeof tenantViewSchema>;
export type ApplicationView = z.infer<typeof applicationViewSchema>;
export type EnrolmentTokenView = z.infer<typeof enrolmentTokenViewSchema>;
export type IssuedTokenView = z.infer<typeof issuedTokenViewSchema>;
export type AuthorityView = z.infer<typeof authorityViewSchema>;
export type AgentView = z.infer<typeof agentViewSchema>;
export type AdminKeyView = z.infer<typeof adminKeyViewSchema>;
export type IssuedKeyView = z.infer<typeof issuedKeyViewSchema>;
export type AuditEntryView = z.infer<typeof auditEntryViewSchema>;
