/**
 * The relay: the party that the outside connects to. It ends clients' TLS, frames and checks their requests, finds the
 * application by host name and an agent of its tenant, and splices the bytes onto one of the agent's links; it enrols
 * agents, pushes their configuration and answers operators on a listener of its own. It knows nothing of Exchange or
 * of what the bodies mean, looks into tokens only where administrators sign in to enrol agents and for applications that
 * want theirs checked early, and it never opens a connection towards a target.
 */
export { startRelay } from './start-relay.ts';
export type { RelayOptions, RunningRelay } from './start-relay.ts';
export type { RelayError } from './relay-error.ts';
export type { RelayErrorCode } from './relay-error.ts';
export { createRelayAdminClient } from './admin/create-relay-admin-client.ts';
export type { RelayAdminClient, RelayAdminClientOptions } from './admin/create-relay-admin-client.ts';
export { readTail } from './admin/read-tail.ts';
export type { ReadTailOptions } from './admin/read-tail.ts';
export type { TailLine } from './admin/tail-line.ts';
export type { AdminKeyView, AgentView, ApplicationView, AuditEntryView, AuthorityView, EnrolmentTokenView, IssuedKeyView, IssuedTokenView, TenantView } from './admin/relay-views.ts';
export type { Application, ApplicationSettings, NewApplication } from './registry/application.ts';
export { pathPresets, presetsOf } from './registry/path-presets.ts';
export { tenantLimitsSchema } from './limits/tenant-limits.ts';
export type { TenantLimitChanges } from './limits/tenant-limits.ts';
export type { TenantPermissions } from './registry/tenant-permissions.ts';
export type { AdministratorSignInOptions } from './enrolment/administrator-sign-in.ts';
export type { ConnectionLimits } from './public/connection-limiter.ts';
export type { ProxyTimeouts } from './proxy/proxy-context.ts';
