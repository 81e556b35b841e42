import { isAway, isMailbox } from '../../../organization/index.ts';
import type { EmailAddress } from '../../../organization/index.ts';
import { decodeEmailAddress, encodeEmailAddress } from '../../codec/items/email-address.ts';
import { formatInstant } from '../../codec/items/scalar-kinds.ts';
import { messageMembers } from '../../codec/references.ts';
import { readList, readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import type { WriteContent } from '../mailbox/mailbox-operation.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

const kinds = new Set(['All', 'OutOfOfficeMessage', 'MailboxFullStatus', 'CustomMailTip', 'ExternalMemberCount', 'TotalMemberCount', 'MaxMessageSize', 'DeliveryRestriction', 'ModerationStatus', 'InvalidRecipient', 'Scope']);

/** GetMailTips ([MS-OXWSMTIP] §3.1.4.1): absence, a full mailbox, and whether the address can be reached. There is nothing that the other tips could tell. */
export const getMailTipsOperation: WholeOperation = {
  name: 'GetMailTips',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('SendingAs', 'Recipients', 'MailTipsRequested'));
    const people = readList(required(element, parts['Recipients'], 'Recipients'), { name: 'Mailbox' }).slice(0, 100).map(decodeEmailAddress);
    const requested = new Set(required(element, parts['MailTipsRequested'], 'MailTipsRequested').text.split(/\s+/).filter((kind) => kinds.has(kind)));
    const isWanted = (kind: string): boolean => requested.has('All') || requested.has(kind);
    const writers: WriteContent[] = [];
    for (const person of people) writers.push(await tipsOf(session, person, isWanted));
    return (writer) => {
      writer.open('m:ResponseMessages');
      for (const write of writers) write(writer);
      writer.close();
    };
  },
};

async function tipsOf(session: MailboxSession, person: EmailAddress, isWanted: (kind: string) => boolean): Promise<WriteContent> {
  const { directory, mailboxes, clock } = session.services;
  const recipient = person.address === undefined ? undefined : await directory.resolve(person.address);
  const mailbox = recipient === undefined || !isMailbox(recipient) ? undefined : mailboxes.of(recipient.guid);
  const oof = await mailbox?.oofSettings();
  const isFull = await mailbox?.isFull();
  const isAbsent = oof !== undefined && isAway(oof, clock.now());
  return (writer) => {
    writer.open('m:MailTipsResponseMessageType', { ResponseClass: 'Success' });
    writer.element('m:ResponseCode', 'NoError');
    writer.open('m:MailTips');
    encodeEmailAddress(writer, 't:RecipientAddress', person);
    writer.element('t:PendingMailTips', '');
    if (isWanted('OutOfOfficeMessage')) {
      writer.open('t:OutOfOffice');
      writer.open('t:ReplyBody', { 'xml:lang': oof?.language });
      writer.element('t:Message', isAbsent ? oof.internalReply : '');
      writer.close();
      if (isAbsent && oof.state === 'Scheduled' && oof.duration !== undefined) {
        writer.open('t:Duration');
        writer.element('t:StartTime', formatInstant(oof.duration.start));
        writer.element('t:EndTime', formatInstant(oof.duration.end));
        writer.close();
      }
      writer.close();
    }
    // Whoever has a mailbox here gets mail of everybody, unmoderated. Of others nothing is known.
    if (isFull !== undefined) {
      if (isWanted('MailboxFullStatus')) writer.element('t:MailboxFull', isFull);
      if (isWanted('DeliveryRestriction')) writer.element('t:DeliveryRestricted', false);
      if (isWanted('ModerationStatus')) writer.element('t:IsModerated', false);
    }
    if (isWanted('InvalidRecipient')) writer.element('t:InvalidRecipient', recipient === undefined);
    writer.close();
    writer.close();
  };
}
