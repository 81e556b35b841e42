import { isMailbox, timeZoneOfItem } from '../../../organization/index.ts';
import type { Recipient } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { readItemTimeZoneContext } from '../../codec/time-zone-context.ts';
import { impersonatedAddress, impersonationDenied } from '../impersonation.ts';
import type { Operation, OperationCall } from '../operations/operation.ts';
import type { MailboxOperation } from './mailbox-operation.ts';
import { runMailboxOperation } from './mailbox-operation.ts';
import type { MailboxServices } from './mailbox-services.ts';
import { createMailboxSession } from './mailbox-session.ts';
import type { WholeOperation } from './whole-operation.ts';
import { runWholeOperation } from './whole-operation.ts';
import { createThrottle } from './throttle.ts';
import type { Notifications } from '../notifications/notifications.ts';
import type { StreamOperation } from '../notifications/stream-operation.ts';
import { runStreamOperation } from '../notifications/stream-operation.ts';

export type AnyMailboxOperation = MailboxOperation | WholeOperation | StreamOperation;

/** Opens the operations on mailboxes to calls: each in a session of whoever calls, or whom the caller may act as. */
export function openMailboxCalls(operations: readonly AnyMailboxOperation[], services: MailboxServices, notifications: Notifications): readonly Operation[] {
  const throttle = createThrottle();
  return operations.map((operation) => ({
    requestElement: 'answer' in operation ? (operation.requestElement ?? operation.name) : operation.name,
    isOnMailboxes: true,
    async handle(call) {
      const release = throttle(call.requester.recipient.guid);
      try {
        const itemZone = readItemTimeZoneContext(call.envelope) ?? { timeZone: 'UTC' };
        const { requester, context, requestVersion } = call;
        const actor = await actorOf(call, services);
        const session = createMailboxSession({ services, actor, requester, context, requestVersion, zone: timeZoneOfItem(itemZone), itemZone, notifications });
        if ('open' in operation) return runStreamOperation(operation, call, session);
        return await ('plan' in operation ? runMailboxOperation(operation, call, session) : runWholeOperation(operation, call, session));
      } finally {
        release();
      }
    },
  }));
}

/** @throws EwsFault `ErrorImpersonateUserDenied`, `ErrorNonExistentMailbox` */
async function actorOf({ envelope, requester }: OperationCall, { directory, mayImpersonate }: MailboxServices): Promise<Recipient> {
  const user = impersonatedAddress(envelope);
  if (user === undefined) return requester.recipient;
  if (requester.origin !== 'local' || requester.delegated === true || !(await mayImpersonate(requester.recipient))) throw impersonationDenied();
  const recipient = user.kind === 'PrincipalName' ? await directory.byUserPrincipalName(user.name) : user.kind === 'SID' ? undefined : await directory.resolve(user.name);
  if (recipient === undefined || !isMailbox(recipient)) throw new EwsFault('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.');
  return recipient;
}
