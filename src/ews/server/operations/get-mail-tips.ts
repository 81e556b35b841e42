import type { EmailAddress, Recipient } from '../../../organization/index.ts';
import { decodeEmailAddress, encodeEmailAddress } from '../../codec/items/email-address.ts';
import { formatInstant } from '../../codec/items/scalar-kinds.ts';
import { messageMembers } from '../../codec/references.ts';
import { readList, readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import type { WriteContent } from '../mailbox/mailbox-operation.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

const kinds = new Set(['All', 'OutOfOfficeMessage', 'MailboxFullStatus', 'CustomMailTip', 'ExternalMemberCount', 'TotalMemberCount', 'MaxMessageSize', 'DeliveryRestriction', 'ModerationStatus', 'InvalidRecipient', 'Scope']);

/** GetMailTips ([MS-OXWSMTIP] §3.1.4.1). */
export const getMailTipsOperation: WholeOperation = {
  name: 'GetMailTips',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('SendingAs', 'Recipients', 'MailTipsRequested'));
    const { address: as } = decodeEmailAddress(required(element, parts['SendingAs'], 'SendingAs'));
    const people = readList(required(element, parts['Recipients'], 'Recipients'), { name: 'Mailbox' }).slice(0, 100).map(decodeEmailAddress);
    const requested = new Set(required(element, parts['MailTipsRequested'], 'MailTipsRequested').text.split(/\s+/).filter((kind) => kinds.has(kind)));
    const isWanted = (kind: string): boolean => requested.has('All') || requested.has(kind);
    const sender = (as === undefined ? undefined : await session.services.directory.resolve(as)) ?? session.actor;
    const writers: WriteContent[] = [];
    for (const person of people) writers.push(await tipsOf(session, sender, person, isWanted));
    return (writer) => {
      writer.open('m:ResponseMessages');
      for (const write of writers) write(writer);
      writer.close();
    };
  },
};

async function tipsOf(session: MailboxSession, sender: Recipient, person: EmailAddress, isWanted: (kind: string) => boolean): Promise<WriteContent> {
  const tips = await session.services.mail.mailTipsOf(sender, person.address ?? '');
  return (writer) => {
    const wanted = (kind: string, element: string, value: string | number | boolean | undefined): void => {
      if (isWanted(kind)) writer.element(element, value);
    };
    writer.open('m:MailTipsResponseMessageType', { ResponseClass: 'Success' });
    writer.element('m:ResponseCode', 'NoError');
    writer.open('m:MailTips');
    encodeEmailAddress(writer, 't:RecipientAddress', person);
    writer.element('t:PendingMailTips', '');
    if (isWanted('OutOfOfficeMessage')) {
      const { settings, isAway = false } = tips.outOfOffice ?? {};
      writer.open('t:OutOfOffice');
      writer.open('t:ReplyBody', { 'xml:lang': settings?.language });
      writer.element('t:Message', isAway ? settings?.internalReply : '');
      writer.close();
      if (isAway && settings?.state === 'Scheduled' && settings.duration !== undefined) {
        writer.open('t:Duration');
        writer.element('t:StartTime', formatInstant(settings.duration.start));
        writer.element('t:EndTime', formatInstant(settings.duration.end));
        writer.close();
      }
      writer.close();
    }
    wanted('MailboxFullStatus', 't:MailboxFull', tips.isMailboxFull);
    wanted('CustomMailTip', 't:CustomMailTip', tips.customMailTip);
    wanted('TotalMemberCount', 't:TotalMemberCount', tips.totalMemberCount);
    wanted('ExternalMemberCount', 't:ExternalMemberCount', tips.externalMemberCount);
    // In kilobytes: whether these or megabytes is not published, *unverified*.
    wanted('MaxMessageSize', 't:MaxMessageSize', tips.largestMessage === undefined ? undefined : Math.floor(tips.largestMessage / 1024));
    wanted('DeliveryRestriction', 't:DeliveryRestricted', tips.isRestricted);
    wanted('ModerationStatus', 't:IsModerated', tips.isModerated);
    wanted('InvalidRecipient', 't:InvalidRecipient', tips.isInvalid);
    writer.close();
    writer.close();
  };
}
