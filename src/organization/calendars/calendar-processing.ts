import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Recipient } from '../directory/recipient.ts';
import { OrganizationError } from '../organization-error.ts';
import type { Migration } from '../../store/index.ts';

const guids = z.array(z.guid()).max(10_000);
const largest = 2_147_483_647;

const schema = z.strictObject({
  AutomateProcessing: z.enum(['None', 'AutoUpdate', 'AutoAccept']),
  AllowConflicts: z.boolean().default(false),
  AllowRecurringMeetings: z.boolean().default(true),
  BookingType: z.enum(['Standard', 'Reserved']).default('Standard'),
  BookingWindowInDays: z.int().min(0).max(1080).default(180),
  MaximumDurationInMinutes: z.int().min(0).max(largest).default(1440),
  MinimumDurationInMinutes: z.int().min(0).max(largest).default(0),
  ConflictPercentageAllowed: z.int().min(0).max(100).default(0),
  MaximumConflictInstances: z.int().min(0).max(largest).default(0),
  EnforceSchedulingHorizon: z.boolean().default(true),
  ScheduleOnlyDuringWorkHours: z.boolean().default(false),
  /** GUIDs of recipients. */
  ResourceDelegates: guids.default([]),
  ForwardRequestsToDelegates: z.boolean().default(true),
  TentativePendingApproval: z.boolean().default(true),
  RequestOutOfPolicy: guids.default([]),
  AllRequestOutOfPolicy: z.boolean().default(false),
  BookInPolicy: guids.default([]),
  AllBookInPolicy: z.boolean().default(true),
  RequestInPolicy: guids.default([]),
  AllRequestInPolicy: z.boolean().default(false),
  AddNewRequestsTentatively: z.boolean().default(true),
  ProcessExternalMeetingMessages: z.boolean().default(false),
  RemoveOldMeetingMessages: z.boolean().default(true),
  AddOrganizerToSubject: z.boolean().default(true),
  DeleteSubject: z.boolean().default(true),
  DeleteComments: z.boolean().default(true),
  DeleteAttachments: z.boolean().default(true),
  DeleteNonCalendarItems: z.boolean().default(true),
  RemovePrivateProperty: z.boolean().default(true),
  OrganizerInfo: z.boolean().default(true),
  EnableResponseDetails: z.boolean().default(true),
  AddAdditionalResponse: z.boolean().default(false),
  AdditionalResponse: z.string().max(30_000).default(''),
});

/** Get-CalendarProcessing: what becomes of the meeting messages of a mailbox. Published names and defaults; people are named by GUID. */
export type CalendarProcessing = z.infer<typeof schema>;

export interface CalendarProcessingTable {
  mailbox: string;
  settings: string;
}

export interface CalendarProcessingSchema {
  calendar_processing: CalendarProcessingTable;
}

export const calendarProcessingMigrations: readonly Migration<CalendarProcessingSchema>[] = [
  async (transaction) => {
    await transaction.schema
      .createTable('calendar_processing')
      .addColumn('mailbox', 'text', (column) => column.primaryKey())
      .addColumn('settings', 'text', (column) => column.notNull())
      .execute();
  },
];

export interface CalendarProcessingStore {
  /** `automatic`: resource mailboxes book themselves by default, as they do in the cloud. On premises they are made with AutoUpdate. */
  of(mailbox: Pick<Recipient, 'guid' | 'recipientTypeDetails'>, automatic: boolean): Promise<CalendarProcessing>;
  /** @throws OrganizationError `ORGANIZATION_INVALID_CALENDAR_CONFIGURATION` */
  set(mailbox: Pick<Recipient, 'guid' | 'recipientTypeDetails'>, automatic: boolean, changes: Partial<CalendarProcessing>): Promise<CalendarProcessing>;
  clear(mailbox: string): Promise<void>;
}

/** The calendar processing of mailboxes, in a store whose migrations have run. */
export function createCalendarProcessing(db: Kysely<CalendarProcessingSchema>): CalendarProcessingStore {
  const stored = async (mailbox: string, executor: Kysely<CalendarProcessingSchema> = db): Promise<Partial<CalendarProcessing>> => {
    const row = await executor.selectFrom('calendar_processing').select('settings').where('mailbox', '=', mailbox).executeTakeFirst();
    return row === undefined ? {} : (JSON.parse(row.settings) as Partial<CalendarProcessing>);
  };
  const complete = ({ recipientTypeDetails }: Pick<Recipient, 'recipientTypeDetails'>, automatic: boolean, given: Partial<CalendarProcessing>): CalendarProcessing => {
    const isResource = recipientTypeDetails === 'RoomMailbox' || recipientTypeDetails === 'EquipmentMailbox';
    const result = schema.safeParse({ AutomateProcessing: isResource && automatic ? 'AutoAccept' : 'AutoUpdate', ...given });
    if (result.success) return result.data;
    const issues = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new OrganizationError('ORGANIZATION_INVALID_CALENDAR_CONFIGURATION', `The calendar processing is not valid: ${issues.join('; ')}.`, { facts: { property: String(result.error.issues[0]?.path[0] ?? '') } });
  };
  return {
    async of(mailbox, automatic) {
      return complete(mailbox, automatic, await stored(mailbox.guid));
    },
    set: (mailbox, automatic, changes) =>
      db.transaction().execute(async (transaction) => {
        const given = { ...(await stored(mailbox.guid, transaction)), ...changes };
        const settings = complete(mailbox, automatic, given);
        const row = { mailbox: mailbox.guid, settings: JSON.stringify(given) };
        await transaction.insertInto('calendar_processing').values(row).onConflict((conflict) => conflict.column('mailbox').doUpdateSet({ settings: row.settings })).execute();
        return settings;
      }),
    async clear(mailbox) {
      await db.deleteFrom('calendar_processing').where('mailbox', '=', mailbox).execute();
    },
  };
}
