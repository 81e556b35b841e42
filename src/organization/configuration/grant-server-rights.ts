import { randomUUID } from 'node:crypto';
import type { Migration } from '../../store/index.ts';
import type { ConfigurationSchema } from './configuration-schema.ts';
import { serverRights } from './kinds/ad-permission.ts';

/**
 * Servers that were set up before their rights were kept get what setup gives them. Those of an organisation that has
 * entries already are left alone: an administrator may have taken rights away.
 */
export const serverRightsMigrations: readonly Migration<ConfigurationSchema>[] = [
  async (transaction) => {
    const objects = await transaction.selectFrom('configuration_object').select(['kind', 'name', 'properties', 'created_at']).where('kind', 'in', ['ExchangeServer', 'AcceptedDomain', 'AdPermission']).execute();
    if (objects.some(({ kind }) => kind === 'AdPermission')) return;
    const domains = objects.filter(({ kind }) => kind === 'AcceptedDomain').map(({ properties }) => JSON.parse(properties) as { DomainName: string; Default: boolean });
    const domain = (domains.find(({ Default: isDefault }) => isDefault) ?? domains[0])?.DomainName ?? '';
    const user = `${domain.split('.')[0]?.toUpperCase() ?? ''}\\Exchange Servers`;
    for (const server of objects.filter(({ kind }) => kind === 'ExchangeServer')) {
      for (const right of serverRights) {
        const name = `${server.name}, ${user}, allow ExtendedRight ${right}`;
        const properties = JSON.stringify({ Object: server.name, User: user, AccessRights: 'ExtendedRight', ExtendedRights: [right], Deny: false, IsInherited: true });
        const row = { guid: randomUUID(), kind: 'AdPermission', name, name_key: name.toLowerCase(), properties, version: 0, created_at: server.created_at, changed_at: server.created_at };
        await transaction.insertInto('configuration_object').values(row).execute();
      }
    }
  },
];
