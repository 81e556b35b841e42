import type { AgentView, ApplicationView, NewApplication } from '../../../relay/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import type { TableCell } from '../../table.ts';
import { renderTable } from '../../table.ts';
import type { RelayAdministration, RelayPlace } from './relay-place.ts';
import { withRelay } from './relay-place.ts';

export interface ApplicationOptions extends RelayPlace {
  id?: string;
  name?: string;
  target?: string[];
  allow?: string[];
  passThroughHost?: string[];
  hostHeader?: string;
}

type Column = readonly [header: string, ...rows: unknown[]];

/** What an operator asks of a running relay: each call its own small piece of the admin API, shown as table or JSON. */
export interface RelayOperator {
  listTenants(place: RelayPlace): Promise<void>;
  createTenant(name: string, place: RelayPlace & { id?: string }): Promise<void>;
  removeTenant(id: string, place: RelayPlace): Promise<void>;
  listApplications(place: RelayPlace & { tenant?: string }): Promise<void>;
  createApplication(options: ApplicationOptions & { tenant?: string }): Promise<void>;
  updateApplication(id: string, options: ApplicationOptions): Promise<void>;
  removeApplication(id: string, place: RelayPlace): Promise<void>;
  issueToken(place: RelayPlace & { tenant?: string; hours?: string }): Promise<void>;
  listTokens(place: RelayPlace & { tenant?: string }): Promise<void>;
  removeToken(id: string, place: RelayPlace): Promise<void>;
  listAgents(place: RelayPlace & { tenant?: string }): Promise<void>;
  showAgent(id: string, place: RelayPlace): Promise<void>;
  revokeAgent(id: string, place: RelayPlace): Promise<void>;
}

export function createRelayOperator(surroundings: CommandSurroundings, onlyTenant: (relay: RelayAdministration, given: string | undefined) => Promise<string>): RelayOperator {
  const print = (text: string): void => void surroundings.stdout.write(`${text}\n`);
  const ask = <Result>(place: RelayPlace, run: (relay: RelayAdministration) => Promise<Result>): Promise<Result> => withRelay(place, surroundings.env, run);
  const show = <Item>(place: RelayPlace, items: readonly Item[], headers: readonly string[], row: (item: Item) => TableCell[], none: string): void => {
    if (place.json === true) return print(JSON.stringify(items, undefined, 2));
    if (items.length === 0) return print(none);
    return print(renderTable(headers.map((header) => ({ header })), items.map(row), { width: Math.max(terminalOf(surroundings).width, 160) }));
  };
  const did = (place: RelayPlace, result: unknown, text: string): void => print(place.json === true ? JSON.stringify(result, undefined, 2) : text);
  const time = (at: number | undefined): string => (at === undefined ? '' : `${new Date(at).toISOString().slice(0, 16)}Z`);

  return {
    async listTenants(place) {
      const tenants = await ask(place, ({ client }) => client.listTenants());
      show(place, tenants, ['Tenant', 'Name', 'Since'], ({ id, name, createdAt }) => [id, name, time(createdAt)], 'No tenant yet: hybridge relay tenant create <name>.');
    },
    async createTenant(name, place) {
      const tenant = await ask(place, ({ client }) => client.createTenant({ name, ...(place.id === undefined ? {} : { id: place.id }) }));
      did(place, tenant, `Tenant ${tenant.id} (${tenant.name}) is created.`);
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
      const application = await ask(options, async (relay) => relay.client.createApplication(await onlyTenant(relay, options.tenant), { ...settingsOf(options), targets: targetsOf(options.target ?? []), ...(options.id === undefined ? {} : { id: options.id }) }));
      did(options, application, `${application.externalUrl} leads to ${application.targets.map(({ url }) => url).join(', ')}.`);
    },
    async updateApplication(id, options) {
      const application = await ask(options, ({ client }) => client.updateApplication(id, { ...settingsOf(options), ...(options.target === undefined ? {} : { targets: targetsOf(options.target) }) }));
      did(options, application, `${application.externalUrl} leads to ${application.targets.map(({ url }) => url).join(', ')}.`);
    },
    async removeApplication(id, place) {
      await ask(place, ({ client }) => client.removeApplication(id));
      did(place, { removed: id }, `Application ${id} is no longer published.`);
    },
    async issueToken(place) {
      const issued = await ask(place, async (relay) => relay.client.issueEnrolmentToken(await onlyTenant(relay, place.tenant), place.hours === undefined ? {} : { lifetimeMs: Math.round(Number(place.hours) * 3_600_000) }));
      did(place, issued, issued.token);
      if (place.json !== true) surroundings.stderr.write(`Enrols one agent for tenant ${issued.tenantId} until ${time(issued.expiresAt)}. It is shown this once.\n`);
    },
    async listTokens(place) {
      const tokens = await ask(place, async (relay) => relay.client.listEnrolmentTokens(await onlyTenant(relay, place.tenant)));
      show(place, tokens, ['Token', 'Expires', 'Used', 'Agent'], ({ id, expiresAt, usedAt, agentId }) => [id, time(expiresAt), time(usedAt), agentId ?? ''], 'No token was issued.');
    },
    async removeToken(id, place) {
      await ask(place, ({ client }) => client.removeEnrolmentToken(id));
      did(place, { removed: id }, `Token ${id} can no longer be used.`);
    },
    async listAgents(place) {
      const agents = await ask(place, ({ client }) => client.listAgents(place.tenant));
      show(place, agents, ['Agent', 'Machine', 'From', 'Status', 'Links', '# requests', 'Errors', 'Certificate until', 'Last seen'], agentRow, 'No agent is enrolled yet: hybridge relay token issue.');
    },
    async showAgent(id, place) {
      const agent = await ask(place, ({ client }) => client.getAgent(id));
      if (place.json === true) return print(JSON.stringify(agent, undefined, 2));
      const properties: Column[] = Object.entries(agent).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]);
      return print(properties.map(([name, value]) => `${name.padEnd(22)} ${String(value)}`).join('\n'));
    },
    async revokeAgent(id, place) {
      await ask(place, ({ client }) => client.revokeAgent(id));
      did(place, { revoked: id }, `Agent ${id} is revoked; its links are ended.`);
    },
  };
}

function settingsOf({ name, allow, passThroughHost, hostHeader }: ApplicationOptions): Partial<NewApplication> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(allow === undefined ? {} : { allowedPaths: allow }),
    ...(passThroughHost === undefined ? {} : { passThroughHosts: passThroughHost }),
    ...(hostHeader === undefined ? {} : { hostHeader: hostHeader === '' ? null : hostHeader }),
  };
}

function targetsOf(urls: readonly string[]): { url: string }[] {
  return urls.map((url) => ({ url }));
}

function applicationRow({ externalUrl, tenantId, name, targets, allowedPaths }: ApplicationView): TableCell[] {
  return [externalUrl, tenantId, name, targets.map(({ url }) => url).join(' '), allowedPaths.join(' ')];
}

function agentRow(agent: AgentView): TableCell[] {
  const status = agent.revokedAt === undefined ? agent.status : 'revoked';
  const time = (at: number | undefined): string => (at === undefined ? '' : `${new Date(at).toISOString().slice(0, 16)}Z`);
  return [agent.id, agent.machineName, agent.externalIp ?? '', status, String(agent.links), String(agent.requests), String(agent.errors), time(agent.certificateExpiresAt), time(agent.lastSeenAt)];
}
