/**
 * The one language of change. It describes cmdlets with their published names, parameters and output as data; runs those
 * of an organisation behind its admin API, with role groups and an audit log; and gives sessions on which the same
 * cmdlets are called from elsewhere: an organisation (ours or Exchange Online), a tenant's directory, a relay. The shell
 * runs as much of PowerShell on these sessions as administrators paste. It holds no data and opens no listener.
 */
export type { ManagementError, ManagementErrorCode } from './management-error.ts';
export type { BoundParameters, MultiValued, ParameterDefinition, ParameterDefinitions, ParameterType } from './binding/parameter-definition.ts';
export type { Cmdlet, CmdletDefinition, OutputObject } from './cmdlets/define-cmdlet.ts';
export type { Caller, ExchangeContext, ExchangeEnvironment, ObjectChange } from './cmdlets/exchange-context.ts';
export type { MoveProxyTest, MoveProxyTestResult, OAuthTest, OAuthTestResult, WebServer } from './cmdlets/oauth/web-server.ts';
export { modernAuthenticationObstacle } from './cmdlets/exchange-server/modern-authentication-support.ts';
export type { TenantContext, TenantDirectory } from './cmdlets/tenant/tenant-context.ts';
export type { ConnectivityEndpoint, ConnectivityMeans, RelayAdmin, RelayAgent, RelayApplication, RelayContext } from './cmdlets/relay/relay-context.ts';
export { createAdminApi } from './admin-api/create-admin-api.ts';
export type { AdminApiOptions, AdminAuthentication } from './admin-api/create-admin-api.ts';
export type { CmdletSession, CmdletSessionOptions } from './sessions/cmdlet-session.ts';
export { connectExchange } from './sessions/connect-exchange.ts';
export type { ConnectExchangeOptions } from './sessions/connect-exchange.ts';
export { createTenantDirectorySession } from './sessions/create-tenant-directory-session.ts';
export { createDirectorySyncSession } from './sessions/create-directory-sync-session.ts';
export type { SyncStateStore } from './directory-sync/sync-state.ts';
export { createRelaySession } from './sessions/create-relay-session.ts';
export type { RelaySessionOptions } from './sessions/create-relay-session.ts';
export type { CmdletInvocation } from './invocation/cmdlet-invocation.ts';
export { PowerShellExpression } from './invocation/power-shell-expression.ts';
export { readClixmlObjects } from './clixml/read-objects.ts';
export { formatInvocation, formatValue } from './invocation/format-invocation.ts';
export type { FederationMeans, RemoteFederation } from './cmdlets/federation/federation-means.ts';
export { decodeText } from './shell/commands/decode-text.ts';
export { createShell } from './shell/create-shell.ts';
export type { Shell } from './shell/create-shell.ts';
export { absences } from './cmdlets/absent-cmdlets.ts';
export { describeCmdlets, shellCommandNames } from './shell/describe-cmdlets.ts';
export type { FileEntry, ShellHost } from './shell/runtime/shell-host.ts';
export type { CmdletDescription, Connector, ShellConnection } from './shell/runtime/shell-state.ts';
export { SecureText, ShellObject } from './shell/runtime/values.ts';
export type { ShellValue } from './shell/runtime/values.ts';
