import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Migration } from '../../store/index.ts';
import { OrganizationError } from '../organization-error.ts';
import { mailTip } from './mail-tip.ts';

const guids = z.array(z.guid().toLowerCase()).max(10_000).default([]);

/** [MS-OXWSDLGM] DeliverMeetingRequestsType. */
export const meetingDeliveries = ['DelegatesOnly', 'DelegatesAndMe', 'DelegatesAndSendInformationToMe', 'NoForward'] as const;

const schema = z.object({
  MailTip: mailTip,
  /** GUIDs of people who send in the name of the mailbox, shown as such. */
  GrantSendOnBehalfTo: guids,
  /** What becomes of meeting messages where somebody gets copies. */
  DeliverMeetingRequests: z.enum(meetingDeliveries).default('DelegatesAndMe'),
  /** In the order in which they were made delegates. */
  Delegates: z.array(z.strictObject({ guid: z.guid().toLowerCase(), receivesCopies: z.boolean(), viewsPrivate: z.boolean() })).max(1_000).default([]),
});

/** What a mailbox says about its mail: who else acts for it, who may send to it, and what its correspondents are told. */
export type MailSettings = z.infer<typeof schema>;
export type Delegate = MailSettings['Delegates'][number];

export interface MailSettingsTable {
  mailbox: string;
  settings: string;
}

export interface MailSettingsSchema {
  mail_settings: MailSettingsTable;
}

export const mailSettingsMigrations: readonly Migration<MailSettingsSchema>[] = [
  async (transaction) => {
    await transaction.schema
      .createTable('mail_settings')
      .addColumn('mailbox', 'text', (column) => column.primaryKey())
      .addColumn('settings', 'text', (column) => column.notNull())
      .execute();
  },
];

export interface MailSettingsStore {
  of(mailbox: string): Promise<MailSettings>;
  /**
   * Changes what is named; a function is given the settings as they are at that very moment, so that changes at the same
   * time do not lose one another.
   *
   * @throws OrganizationError `ORGANIZATION_INVALID_MAIL_SETTINGS`, and what the function throws: then nothing is changed
   */
  set(mailbox: string, changes: Partial<MailSettings> | ((present: MailSettings) => Partial<MailSettings>)): Promise<MailSettings>;
  clear(mailbox: string): Promise<void>;
}

/** The mail settings of mailboxes, in a store whose migrations have run. */
export function createMailSettings(db: Kysely<MailSettingsSchema>): MailSettingsStore {
  const stored = async (mailbox: string, executor: Kysely<MailSettingsSchema> = db): Promise<object> => {
    const row = await executor.selectFrom('mail_settings').select('settings').where('mailbox', '=', mailbox).executeTakeFirst();
    return row === undefined ? {} : (JSON.parse(row.settings) as object);
  };
  return {
    async of(mailbox) {
      return schema.parse(await stored(mailbox));
    },
    set: (mailbox, changes) =>
      db.transaction().execute(async (transaction) => {
        const present = await stored(mailbox, transaction);
        const result = schema.safeParse({ ...present, ...(typeof changes === 'function' ? changes(schema.parse(present)) : changes) });
        if (!result.success) {
          const [issue] = result.error.issues;
          throw new OrganizationError('ORGANIZATION_INVALID_MAIL_SETTINGS', `The mail settings are not valid: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`, { facts: { property: String(issue?.path[0] ?? '') } });
        }
        const settings = JSON.stringify(result.data);
        await transaction.insertInto('mail_settings').values({ mailbox, settings }).onConflict((conflict) => conflict.column('mailbox').doUpdateSet({ settings })).execute();
        return result.data;
      }),
    async clear(mailbox) {
      await db.deleteFrom('mail_settings').where('mailbox', '=', mailbox).execute();
    },
  };
}
