import { createBoundedCache, systemClock } from '../../foundation/index.ts';
import type { Clock } from '../../foundation/index.ts';
import { OrganizationError } from '../organization-error.ts';
import { createEventHub } from './event-hub.ts';
import { createFolders } from './folders.ts';
import { createItems } from './items.ts';
import { createSync } from './create-sync.ts';
import { createUserConfigurations } from './create-user-configurations.ts';
import { forgetTombstones } from './forget-tombstones.ts';
import type { Mailbox, Mailboxes } from './mailbox.ts';
import { defaultMailboxLimits } from './mailbox-context.ts';
import type { MailboxContext, MailboxLimits } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import { mailboxNumber, writeMailbox } from './mailbox-write.ts';
import { defaultOofSettings } from './oof-settings.ts';
import type { OofSettings } from './oof-settings.ts';
import { removeMailbox } from './remove-mailbox.ts';
import { removeAbandoned } from './staged-bytes.ts';
import { mostPlaces } from './page-places.ts';

/** What calendars and mailboxes of one store share. */
export async function openMailboxContext(db: MailboxDatabase, options: { clock?: Clock; limits?: Partial<MailboxLimits>; shared?: boolean } = {}): Promise<MailboxContext> {
  const clock = options.clock ?? systemClock;
  const limits = { ...defaultMailboxLimits, ...options.limits };
  if (options.shared !== true) await removeAbandoned(db);
  await forgetTombstones(db, clock.now(), limits);
  let last: Promise<unknown> = Promise.resolve();
  return {
    db,
    clock,
    limits,
    hub: createEventHub(clock),
    known: new Map(),
    messages: createBoundedCache(16),
    places: createBoundedCache(mostPlaces),
    oneAtATime(work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

export function createMailboxes(context: MailboxContext): Mailboxes {
  return {
    largestItem: context.limits.itemSize,
    of: (guid) => createMailbox(context, guid.toLowerCase()),
    async clear(guid) {
      const key = guid.toLowerCase();
      await removeMailbox(context, key);
      context.known.delete(key);
    },
  };
}

function createMailbox(context: MailboxContext, guid: string): Mailbox {
  return {
    guid,
    folders: createFolders(context, guid),
    items: createItems(context, guid),
    sync: createSync(context, guid),
    events: context.hub.of(guid),
    userConfigurations: createUserConfigurations(context, guid),
    async oofSettings() {
      const row = await context.db.selectFrom('mailbox').select('oof').where('guid', '=', guid).executeTakeFirst();
      return row === undefined || row.oof === null ? defaultOofSettings : (JSON.parse(row.oof) as OofSettings);
    },
    async setOofSettings(settings) {
      await writeMailbox(context, guid, async (to) => {
        const { oof } = await to.db.selectFrom('mailbox').select('oof').where('number', '=', to.mailbox).executeTakeFirstOrThrow();
        const present = oof === null ? undefined : (JSON.parse(oof) as OofSettings);
        const next = typeof settings === 'function' ? settings(present ?? defaultOofSettings) : settings;
        checkOofSettings(next);
        await to.db.updateTable('mailbox').set({ oof: JSON.stringify(next) }).where('number', '=', to.mailbox).execute();
        // Who changes no more than the words is still away for the same time.
        if (present !== undefined && isSameAbsence(present, next)) return;
        await to.db.deleteFrom('mailbox_oof_reply').where('mailbox', '=', to.mailbox).execute();
      });
    },
    async claimOofReply(sender) {
      const mailbox = await mailboxNumber(context, guid);
      const { count } = await context.db
        .selectFrom('mailbox_oof_reply')
        .select((select) => select.fn.countAll().as('count'))
        .where('mailbox', '=', mailbox)
        .executeTakeFirstOrThrow();
      if (Number(count) >= mostOofReplies) return false;
      const { numInsertedOrUpdatedRows } = await context.db
        .insertInto('mailbox_oof_reply')
        .values({ mailbox, sender: sender.toLowerCase() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows) === 1;
    },
    async isFull() {
      const row = await context.db.selectFrom('mailbox').select('bytes').where('guid', '=', guid).executeTakeFirst();
      return row !== undefined && row.bytes >= context.limits.quota;
    },
    async size() {
      const mailbox = await mailboxNumber(context, guid);
      const { bytes } = await context.db.selectFrom('mailbox').select('bytes').where('number', '=', mailbox).executeTakeFirstOrThrow();
      const { items } = await context.db
        .selectFrom('mailbox_folder')
        .select((select) => select.fn.sum('total').as('items'))
        .where('mailbox', '=', mailbox)
        .executeTakeFirstOrThrow();
      return { items: Number(items), bytes };
    },
  };
}

const longestReply = 128_000;
const mostOofReplies = 10_000;

function isSameAbsence(before: OofSettings, after: OofSettings): boolean {
  return before.state === after.state && before.duration?.start === after.duration?.start && before.duration?.end === after.duration?.end;
}

function checkOofSettings({ state, duration, internalReply, externalReply }: OofSettings): void {
  const invalid = (reason: string): OrganizationError => new OrganizationError('ORGANIZATION_INVALID_OOF_SETTINGS', `The absence settings are not valid: ${reason}.`);
  if (state === 'Scheduled' && duration === undefined) throw invalid('a scheduled absence has a beginning and an end');
  if (duration !== undefined && !(duration.start < duration.end)) throw invalid('the end does not come after the beginning');
  if (internalReply.length > longestReply || externalReply.length > longestReply) throw invalid(`a reply is longer than ${longestReply} characters`);
}
