import type { Clock } from '../../foundation/index.ts';
import type { Organization } from '../../organization/index.ts';
import { LabError } from '../lab-error.ts';
import type { Condition } from './condition.ts';

type Of<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;
type PutRight = () => Promise<void>;

const minuteMs = 60_000;
/** What marks the entries that a wrong import left. */
const importedUid = 'imported-again-';

/** Takes a certificate and its key out of the store, and keeps them. */
export async function removeCertificate({ thumbprint }: Of<'certificateRemoved'>, { configuration }: Organization): Promise<PutRight> {
  const stored = await configuration.get('ExchangeCertificate', thumbprint);
  const privateKey = await configuration.certificateKey(thumbprint);
  if (stored === undefined || privateKey === undefined) throw new LabError('LAB_CONDITION_INVALID', `The store has no certificate ${thumbprint} with its key.`);
  await configuration.remove('ExchangeCertificate', stored.guid);
  return async () => {
    if ((await configuration.get('ExchangeCertificate', thumbprint)) === undefined) await configuration.create('ExchangeCertificate', stored.name, stored.properties);
    await configuration.setCertificateKey(thumbprint, privateKey);
  };
}

/** Takes a recipient out of the directory, and keeps all of it. */
export async function removeRecipient({ address }: Of<'recipientMissing'>, organization: Organization): Promise<PutRight> {
  const guid = await guidOf(organization, address);
  const { db } = organization.store;
  const row = await db.selectFrom('recipient').selectAll().where('guid', '=', guid).executeTakeFirstOrThrow();
  const addresses = await db.selectFrom('recipient_address').selectAll().where('recipient_guid', '=', guid).execute();
  const passwords = await db.selectFrom('recipient_password').selectAll().where('recipient_guid', '=', guid).execute();
  const groups = await db.selectFrom('role_group_member').selectAll().where('recipient_guid', '=', guid).execute();
  await organization.directory.remove(guid);
  return async () => {
    const inTheirPlace = [...(await organization.directory.find(row.alias_key)), ...(await organization.directory.resolveAll(address))];
    for (const each of inTheirPlace) await organization.directory.remove(each.guid);
    await db.insertInto('recipient').values(row).execute();
    if (addresses.length > 0) await db.insertInto('recipient_address').values(addresses).execute();
    if (passwords.length > 0) await db.insertInto('recipient_password').values(passwords).execute();
    if (groups.length > 0) await db.insertInto('role_group_member').values(groups).execute();
  };
}

export async function writeConfiguration({ object, properties }: Of<'configuration'>, { configuration }: Organization): Promise<void> {
  const [stored] = await configuration.list(object);
  if (stored === undefined) throw new LabError('LAB_CONDITION_INVALID', `There is no ${object} on premises.`);
  await configuration.update(object, stored.guid, properties);
}

export async function crowdCalendar({ address, entries }: Of<'crowdedCalendar'>, organization: Organization, clock: Clock): Promise<PutRight> {
  const { calendars } = organization;
  const mailbox = await guidOf(organization, address);
  const from = Math.floor(clock.now() / minuteMs) * minuteMs;
  const common = { subject: 'Imported', location: '', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: false, isReminderSet: false, timeZone: 'UTC' } as const;
  await calendars.putAll(mailbox, Array.from({ length: entries }, (_, at) => ({ ...common, uid: `${importedUid}${at}`, start: from + at * minuteMs, end: from + (at + 1) * minuteMs })));
  return async () => {
    const found = await calendars.occurrences(mailbox, { start: from, end: from + entries * minuteMs }, entries * 2);
    for (const itemId of new Set(found.filter(({ subject }) => subject === common.subject).map((occurrence) => occurrence.itemId))) {
      if ((await calendars.get(mailbox, itemId))?.uid.startsWith(importedUid) === true) await calendars.remove(mailbox, itemId);
    }
  };
}

export async function breakWorkingHours({ address, start, end }: Of<'workingHours'>, organization: Organization): Promise<PutRight> {
  const mailbox = await guidOf(organization, address);
  const { db } = organization.store;
  const former = await db.selectFrom('calendar_configuration').select('configuration').where('mailbox', '=', mailbox).executeTakeFirst();
  const write = async (configuration: string): Promise<void> => {
    await db
      .insertInto('calendar_configuration')
      .values({ mailbox, configuration })
      .onConflict((conflict) => conflict.column('mailbox').doUpdateSet({ configuration }))
      .execute();
  };
  const before: unknown = JSON.parse(former?.configuration ?? '{}');
  await write(JSON.stringify({ ...(before as object), workingHoursStartTime: start, workingHoursEndTime: end }));
  return () => (former === undefined ? db.deleteFrom('calendar_configuration').where('mailbox', '=', mailbox).execute().then(() => undefined) : write(former.configuration));
}

async function guidOf({ directory }: Organization, address: string): Promise<string> {
  const recipient = await directory.resolve(address);
  if (recipient === undefined) throw new LabError('LAB_UNKNOWN_ACCOUNT', `The organisation has no mailbox ${address}.`);
  return recipient.guid;
}
