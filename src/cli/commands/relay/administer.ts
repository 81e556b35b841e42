import type { AgentView, ApplicationView, TenantLimitChanges, TenantView } from '../../../relay/index.ts';
import { pathPresets } from '../../../relay/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import type { TableCell } from '../../table.ts';
import { renderTable } from '../../table.ts';
import type { ApplicationOptions } from './application-options.ts';
import { listOf, settingsOf } from './application-options.ts';
import { describeApplication } from './describe-application.ts';
import { roundBytes } from './format-values.ts';
import { readOptionalNumber } from './read-values.ts';
import type { RelayAdministration, RelayPlace } from './relay-place.ts';
import { minuteOf } from './relay-screen.ts';
import type { RelayScreen } from './relay-screen.ts';

export interface TenantOptions extends RelayPlace {
  name?: string;
  requestsPerSecond?: string;
  requestsInFlight?: string;
  connections?: string;
  connectionsPerSecond?: string;
  domain?: string[];
  tokenIssuer?: string[];
}

/** What an operator asks of a running relay: each call its own small piece of the admin API, shown as table or JSON. */
export interface RelayOperator {
  listTenants(place: RelayPlace): Promise<void>;
  createTenant(name: string, place: RelayPlace & { id?: string }): Promise<void>;
  updateTenant(id: string, options: TenantOptions): Promise<void>;
  removeTenant(id: string, place: RelayPlace): Promise<void>;
  listApplications(place: RelayPlace & { tenant?: string }): Promise<void>;
  createApplication(options: ApplicationOptions & { tenant?: string }): Promise<void>;
  updateApplication(id: string, options: ApplicationOptions): Promise<void>;
  showApplication(id: string, place: RelayPlace): Promise<void>;
  removeApplication(id: string, place: RelayPlace): Promise<void>;
  /** Needs no relay. */
  listPresets(place: RelayPlace): void;
  issueToken(place: RelayPlace & { tenant?: string; hours?: string }): Promise<void>;
  listTokens(place: RelayPlace & { tenant?: string }): Promise<void>;
  removeToken(id: string, place: RelayPlace): Promise<void>;
  listAgents(place: RelayPlace & { tenant?: string }): Promise<void>;
  showAgent(id: string, place: RelayPlace): Promise<void>;
  revokeAgent(id: string, place: RelayPlace): Promise<void>;
}

export function createRelayOperator(surroundings: CommandSurroundings, { print, remark, ask, show, did }: RelayScreen, onlyTenant: (relay: RelayAdministration, given: string | undefined) => Promise<string>): RelayOperator {
  return {
    async listTenants(place) {
      const tenants = await ask(place, ({ client }) => client.listTenants());
      show(place, tenants, ['Tenant', 'Name', 'Since', 'Limits of its own', 'Domains'], ({ id, name, createdAt, limits, permissions }) => [id, name, minuteOf(createdAt), describeLimits(limits), permissions.domains.join(' ')], 'No tenant yet: hybridge relay tenant create <name>.');
    },
    async createTenant(name, place) {
      const tenant = await ask(place, ({ client }) => client.createTenant({ name, ...(place.id === undefined ? {} : { id: place.id }) }));
      did(place, tenant, `Tenant ${tenant.id} (${tenant.name}) is created.`);
    },
    async updateTenant(id, options) {
      const tenant = await ask(options, ({ client }) => client.updateTenant(id, { limits: limitsOf(options), permissions: permissionsOf(options), ...(options.name === undefined ? {} : { name: options.name }) }));
      const limits = describeLimits(tenant.limits);
      did(options, tenant, `Tenant ${tenant.id} (${tenant.name}) has ${limits === '' ? 'the limits of every tenant' : `limits of its own: ${limits}`}.${describePermissions(tenant.permissions)}`);
    },
    async removeTenant(id, place) {
      await ask(place, ({ client }) => client.removeTenant(id));
      did(place, { removed: id }, `Tenant ${id} is removed, with its applications and agents.`);
    },
    async listApplications(place) {
      const applications = await ask(place, ({ client }) => client.listApplications(place.tenant));
      show(place, applications, ['Endpoint', 'Tenant', 'Name', 'Targets', 'Paths'], applicationRow, 'Nothing is published yet: hybridge relay application create --target https://….');
    },
    async createApplication(options) {
      const application = await ask(options, async (relay) => relay.client.createApplication(await onlyTenant(relay, options.tenant), { targets: [], ...settingsOf(options), ...(options.id === undefined ? {} : { id: options.id }) }));
      did(options, application, `${application.externalUrl} leads to ${application.targets.map(({ url }) => url).join(', ')}.`);
    },
    async updateApplication(id, options) {
      const application = await ask(options, async ({ client }) => client.updateApplication(id, settingsOf(options, await client.getApplication(id))));
      did(options, application, `${application.externalUrl} leads to ${application.targets.map(({ url }) => url).join(', ')}.`);
    },
    async showApplication(id, place) {
      const application = await ask(place, ({ client }) => client.getApplication(id));
      print(place.json === true ? JSON.stringify(application, undefined, 2) : properties(describeApplication(application)));
    },
    listPresets(place) {
      if (place.json === true) return print(JSON.stringify(pathPresets, undefined, 2));
      const columns = [{ header: 'Preset' }, { header: 'Paths', minimumWidth: 30 }, { header: 'For', overflow: 'wrap' as const }];
      return print(renderTable(columns, Object.entries(pathPresets).map(([name, { paths, purpose }]) => [name, paths.join(' '), purpose]), { width: terminalOf(surroundings).width }));
    },
    async removeApplication(id, place) {
      await ask(place, ({ client }) => client.removeApplication(id));
      did(place, { removed: id }, `Application ${id} is no longer published.`);
    },
    async issueToken(place) {
      const issued = await ask(place, async (relay) => relay.client.issueEnrolmentToken(await onlyTenant(relay, place.tenant), place.hours === undefined ? {} : { lifetimeMs: Math.round(Number(place.hours) * 3_600_000) }));
      did(place, issued, issued.token);
      if (place.json !== true) remark(`Enrols one agent for tenant ${issued.tenantId} until ${minuteOf(issued.expiresAt)}. It is shown this once.`);
    },
    async listTokens(place) {
      const tokens = await ask(place, async (relay) => relay.client.listEnrolmentTokens(await onlyTenant(relay, place.tenant)));
      show(place, tokens, ['Token', 'Expires', 'Used', 'Agent'], ({ id, expiresAt, usedAt, agentId }) => [id, minuteOf(expiresAt), minuteOf(usedAt), agentId ?? ''], 'No token was issued.');
    },
    async removeToken(id, place) {
      await ask(place, ({ client }) => client.removeEnrolmentToken(id));
      did(place, { removed: id }, `Token ${id} can no longer be used.`);
    },
    async listAgents(place) {
      const agents = await ask(place, ({ client }) => client.listAgents(place.tenant));
      show(place, agents, ['Agent', 'Machine', 'From', 'Version', 'Status', 'Links', '# requests', 'Errors', 'Received', 'Sent', 'Certificate until', 'Last seen'], agentRow, 'No agent is enrolled yet: hybridge relay token issue.');
    },
    async showAgent(id, place) {
      const agent = await ask(place, ({ client }) => client.getAgent(id));
      print(place.json === true ? JSON.stringify(agent, undefined, 2) : properties(describeAgent(agent)));
    },
    async revokeAgent(id, place) {
      await ask(place, ({ client }) => client.revokeAgent(id));
      did(place, { revoked: id }, `Agent ${id} is revoked; its links are ended.`);
    },
  };
}

function limitsOf(options: TenantOptions): TenantLimitChanges {
  const limits: TenantLimitChanges = {};
  for (const [name, option] of [['requestsPerSecond', '--requests-per-second'], ['requestsInFlight', '--requests-in-flight'], ['connections', '--connections'], ['connectionsPerSecond', '--connections-per-second']] as const) {
    const text = options[name];
    if (text !== undefined) limits[name] = readOptionalNumber(option, text);
  }
  return limits;
}

function permissionsOf({ domain, tokenIssuer }: TenantOptions): { domains?: string[]; tokenIssuers?: string[] } {
  return { ...(domain === undefined ? {} : { domains: listOf(domain) }), ...(tokenIssuer === undefined ? {} : { tokenIssuers: listOf(tokenIssuer) }) };
}

function describePermissions({ domains, tokenIssuers }: TenantView['permissions']): string {
  const may = [...(domains.length === 0 ? [] : [`publish under ${domains.join(', ')}`]), ...(tokenIssuers.length === 0 ? [] : [`trust issuers at ${tokenIssuers.join(', ')}`])];
  return may.length === 0 ? '' : ` Its administrators may ${may.join(' and ')}.`;
}

function describeLimits(limits: TenantView['limits']): string {
  const words = { requestsPerSecond: 'requests a second', requestsInFlight: 'requests in work', connections: 'connections', connectionsPerSecond: 'new connections a second' } as const;
  return Object.entries(words)
    .flatMap(([name, text]) => {
      const limit = limits[name as keyof typeof words];
      return limit === undefined ? [] : [`${limit === null ? 'any' : limit.toLocaleString('en-US')} ${text}`];
    })
    .join(', ');
}

/** `Label: value` lines, aligned as Format-List does. */
function properties(pairs: readonly (readonly [label: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([label]) => label.length));
  return pairs.map(([label, value]) => `${label.padEnd(width)} : ${value}`).join('\n');
}

function describeAgent(agent: AgentView): [string, string][] {
  const time = (at: number | undefined): string => (at === undefined ? 'never' : `${new Date(at).toISOString().slice(0, 19)}Z`);
  const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;
  return [
    ['Agent', agent.id],
    ['Tenant', agent.tenantId],
    ['Machine', agent.machineName],
    ['From', agent.externalIp ?? 'unknown'],
    ['Version', agent.version],
    ['Status', agent.revokedAt === undefined ? agent.status : `revoked since ${time(agent.revokedAt)}`],
    ['Links', String(agent.links)],
    ['Connections in work', String(agent.activeConnections)],
    ['# requests', agent.requests.toLocaleString('en-US')],
    ['Errors', agent.errors.toLocaleString('en-US')],
    ['Received, sent', `${megabytes(agent.bytesReceived)}, ${megabytes(agent.bytesSent)}`],
    ['Enrolled', time(agent.enrolledAt)],
    ['Certificate until', time(agent.certificateExpiresAt)],
    ['Last seen', time(agent.lastSeenAt)],
    ...agent.targets.map((target): [string, string] => ['Target', `${target.url} ${target.healthy ? 'works' : `fails (${target.lastError ?? 'no reason given'})`}, ${target.connections} connections, ${target.warmConnections} warm`]),
  ];
}

function applicationRow({ externalUrl, tenantId, name, targets, allowedPaths }: ApplicationView): TableCell[] {
  return [externalUrl, tenantId, name, targets.map(({ url }) => url).join(' '), allowedPaths.join(' ')];
}

function agentRow(agent: AgentView): TableCell[] {
  const status = agent.revokedAt === undefined ? agent.status : 'revoked';
  return [agent.id, agent.machineName, agent.externalIp ?? '', agent.version, status, String(agent.links), String(agent.requests), String(agent.errors), roundBytes(agent.bytesReceived), roundBytes(agent.bytesSent), minuteOf(agent.certificateExpiresAt), minuteOf(agent.lastSeenAt)];
}
