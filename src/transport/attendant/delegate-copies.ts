import { isMailbox } from '../../organization/index.ts';
import type { EmailAddress, MailSettings, NewItem, Recipient } from '../../organization/index.ts';
import { addressOf } from '../address-of.ts';
import type { TransportContext } from '../submission.ts';

/** Marks a copy that a delegate got, which goes on to nobody's delegates (PidTagDelegatedByRule, [MS-OXORULE] 2.2.5). */
const delegatedByRule = '0x3fe3';

/** Who gets copies of a meeting message, and what is left for the mailbox itself. */
export interface DelegateDelivery {
  delegates: readonly EmailAddress[];
  deliver: MailSettings['DeliverMeetingRequests'];
}

/**
 * The delegates to whom a message about a meeting goes besides, or instead of, the owner of the mailbox
 * ([MS-OXODLGT] 3.1.4.3.2: the delegate rule). Undefined where it is for the owner alone: private ones always are.
 */
export async function delegateDelivery({ organization }: TransportContext, owner: Recipient, item: NewItem): Promise<DelegateDelivery | undefined> {
  const bag = item.properties ?? {};
  if (owner.recipientTypeDetails !== 'UserMailbox' || !/^ipm\.schedule\.meeting\./i.test(item.itemClass ?? '') || item.calendar === undefined) return undefined;
  if (bag['message:ReceivedRepresenting'] !== undefined || bag[delegatedByRule] === true) return undefined;
  if (bag['item:Sensitivity'] === 'Private' || item.calendar.sensitivity === 'Private') return undefined;
  const { Delegates, DeliverMeetingRequests } = await organization.mailSettings.of(owner.guid);
  if (DeliverMeetingRequests === 'NoForward') return undefined;
  const people = await Promise.all(Delegates.filter(({ receivesCopies }) => receivesCopies).map(({ guid }) => organization.directory.byGuid(guid)));
  const delegates = people.filter((person) => person !== undefined && isMailbox(person)).map((person) => addressOf(person as Recipient));
  return delegates.length === 0 ? undefined : { delegates, deliver: DeliverMeetingRequests };
}

/** Sends the copies: received by the delegate for the owner, and nothing answers them by itself. */
export async function sendDelegateCopies(context: TransportContext, owner: Recipient, { delegates }: DelegateDelivery, copy: () => Promise<NewItem> | NewItem): Promise<void> {
  const makeItem = async (): Promise<NewItem> => {
    const item = await copy();
    return { ...item, properties: { ...item.properties, 'message:ReceivedRepresenting': addressOf(owner), [delegatedByRule]: true, 'meeting:IsDelegated': true } };
  };
  await context.submit({ sender: owner, recipients: delegates, makeItem, isAutomatic: true });
}
