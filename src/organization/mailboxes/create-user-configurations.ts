import { OrganizationError } from '../organization-error.ts';
import { changeKeyOf } from './change-key.ts';
import type { FolderId } from './folder.ts';
import { folderId, folderNumber, folderRow } from './folder-row.ts';
import { insertItem } from './insert-item.ts';
import { heavyProperties } from './item-content.ts';
import type { ItemRow } from './item-row.ts';
import { itemId } from './item-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import { mailboxNumber, writeMailbox } from './mailbox-write.ts';
import { removeForGood } from './relocate-item.ts';
import type { PropertyBag } from './property.ts';
import { readBag } from './stored-bag.ts';
import { updateItem } from './update-item.ts';
import type { UserConfiguration, UserConfigurationData, UserConfigurations } from './user-configuration.ts';

/** The dictionary as EWS gives it, and PidTagRoamingXmlStream and PidTagRoamingBinary ([MS-OXOCFG] 2.2.2). */
const keys = { dictionary: '0x7c07', xmlData: '0x7c08', binaryData: '0x7c09' } as const;

export function createUserConfigurations(context: MailboxContext, guid: string): UserConfigurations {
  const { db } = context;

  const find = async (executor: MailboxDatabase, folder: FolderId, name: string): Promise<ItemRow | undefined> => {
    const number = folderNumber(guid, folder);
    await folderRow(executor, context.known.get(guid) ?? (await mailboxNumber(context, guid)), number);
    return executor.selectFrom('mailbox_item').selectAll().where('folder', '=', number).where('associated', '=', 1).where('class', '=', classOf(name)).executeTakeFirst();
  };

  const configurationOf = async (executor: MailboxDatabase, row: ItemRow, name: string): Promise<UserConfiguration> => {
    const bag = { ...readBag(row.properties), ...(await heavyProperties(executor, row)) };
    const { [keys.dictionary]: dictionary, [keys.xmlData]: xmlData, [keys.binaryData]: binaryData } = bag;
    return {
      folderId: folderId(guid, row.folder),
      name,
      itemId: itemId(guid, row.number),
      changeKey: changeKeyOf(row.changed),
      ...(dictionary === undefined ? {} : { dictionary: dictionary as unknown as NonNullable<UserConfigurationData['dictionary']> }),
      ...(xmlData instanceof Uint8Array ? { xmlData } : {}),
      ...(binaryData instanceof Uint8Array ? { binaryData } : {}),
    };
  };

  return {
    async get(folder, name) {
      await mailboxNumber(context, guid);
      const row = await find(db, folder, name);
      return row === undefined ? undefined : configurationOf(db, row, name);
    },
    create: (folder, name, data) =>
      writeMailbox(context, guid, async (to) => {
        if ((await find(to.db, folder, name)) !== undefined) throw new OrganizationError('ORGANIZATION_USER_CONFIGURATION_EXISTS', 'The folder has a user configuration of that name already.', { facts: { name } });
        const target = await folderRow(to.db, to.mailbox, folderNumber(guid, folder));
        const row = await insertItem(to, target, { itemClass: classOf(name), isAssociated: true, properties: bagOf(data) }, context.limits.itemSize);
        return configurationOf(to.db, row, name);
      }),
    update: (folder, name, data) =>
      writeMailbox(context, guid, async (to) => {
        const row = await find(to.db, folder, name);
        if (row === undefined) return false;
        await updateItem(to, row, { set: bagOf(data) }, { heavy: await heavyProperties(to.db, row), largest: context.limits.itemSize });
        return true;
      }),
    delete: (folder, name) =>
      writeMailbox(context, guid, async (to) => {
        const row = await find(to.db, folder, name);
        if (row === undefined) return false;
        await removeForGood(to, row);
        return true;
      }),
  };
}

function classOf(name: string): string {
  if (!/^[A-Za-z0-9._-]{1,237}$/.test(name)) throw new OrganizationError('ORGANIZATION_INVALID_PROPERTY', 'A user configuration is named with letters, digits, dots, hyphens and underscores.');
  return `IPM.Configuration.${name}`;
}

function bagOf({ dictionary, xmlData, binaryData }: UserConfigurationData): PropertyBag {
  return {
    ...(dictionary === undefined ? {} : { [keys.dictionary]: dictionary.map((entry) => ({ ...entry })) }),
    ...(xmlData === undefined ? {} : { [keys.xmlData]: xmlData }),
    ...(binaryData === undefined ? {} : { [keys.binaryData]: binaryData }),
  };
}
