import type { CalendarAccessRights, Recipient } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { permissionOutput } from './permission-output.ts';

/** The role that a user has by an entry of the calendar, or undefined. */
export async function accessRightsOf(context: ExchangeContext, mailbox: Recipient, key: string): Promise<CalendarAccessRights | undefined> {
  return (await context.organization.calendars.permissions(mailbox.guid)).find((permission) => permission.user === key)?.accessRights;
}

/** Gives a user a role on a calendar, and shows the entry. */
export async function changePermission(
  context: ExchangeContext,
  mailbox: Recipient,
  grantee: { key: string; shown: string },
  former: CalendarAccessRights | undefined,
  accessRights: CalendarAccessRights,
): Promise<readonly OutputObject[]> {
  const output = permissionOutput(grantee.shown, accessRights);
  const changed = await context.change({
    target: `${mailbox.displayName}:\\Calendar`,
    ...(former === undefined ? {} : { before: permissionOutput(grantee.shown, former) }),
    async apply() {
      await context.organization.calendars.setPermission(mailbox.guid, grantee.key, accessRights);
      return output;
    },
    after: (entry) => entry,
  });
  return changed === undefined ? [] : [changed];
}
