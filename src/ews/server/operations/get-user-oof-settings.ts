import { EwsFault } from '../../codec/ews-fault.ts';
import { formatInstant } from '../../codec/items/scalar-kinds.ts';
import { childText } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import type { Mailbox } from '../../../organization/index.ts';
import { typesNamespace } from '../../codec/namespaces.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

/** GetUserOofSettings ([MS-OXWOOF] §3.1.4.1). Of one's own mailbox only. */
export const getUserOofSettingsOperation: WholeOperation = {
  name: 'GetUserOofSettings',
  requestElement: 'GetUserOofSettingsRequest',
  form: 'wrapped',
  async answer(element, session) {
    const parts = readSequence(element, [{ name: 'Mailbox' }]);
    const mailbox = await ownMailbox(session, required(element, parts['Mailbox'], 'Mailbox'));
    const settings = await mailbox.oofSettings();
    const { duration, language } = settings;
    return (writer) => {
      writer.open('t:OofSettings');
      writer.element('t:OofState', settings.state);
      writer.element('t:ExternalAudience', settings.externalAudience);
      if (duration !== undefined) {
        writer.open('t:Duration');
        writer.element('t:StartTime', formatInstant(duration.start));
        writer.element('t:EndTime', formatInstant(duration.end));
        writer.close();
      }
      for (const [name, message] of [['t:InternalReply', settings.internalReply], ['t:ExternalReply', settings.externalReply]] as const) {
        writer.open(name, { 'xml:lang': language });
        writer.element('t:Message', message);
        writer.close();
      }
      writer.close();
      writer.element('m:AllowExternalOof', 'All');
    };
  },
};

/** The mailbox that a request names, which has to be the actor's. @throws EwsFault `ErrorAccessDenied`, `ErrorNonExistentMailbox` */
export async function ownMailbox(session: MailboxSession, element: XmlElement): Promise<Mailbox> {
  const mailbox = await session.byAddress(childText(element, typesNamespace, 'Address') ?? '');
  if (!session.isOwner(mailbox)) throw new EwsFault('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  return mailbox;
}
