import type { OofSettings } from '../../../organization/index.ts';
import { childText, findAttribute } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { readDateTime } from '../../codec/items/scalar-kinds.ts';
import { typesNamespace } from '../../codec/namespaces.ts';
import { readEnumeration, readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';
import { ownMailbox } from './get-user-oof-settings.ts';

/** SetUserOofSettings ([MS-OXWOOF] §3.1.4.2). Of one's own mailbox only. */
export const setUserOofSettingsOperation: WholeOperation = {
  name: 'SetUserOofSettings',
  requestElement: 'SetUserOofSettingsRequest',
  form: 'wrapped',
  async answer(element, session) {
    const parts = readSequence(element, [{ name: 'Mailbox' }, { name: 'UserOofSettings' }]);
    const settings = decodeSettings(required(element, parts['UserOofSettings'], 'UserOofSettings'), session);
    const mailbox = await ownMailbox(session, required(element, parts['Mailbox'], 'Mailbox'));
    await mailbox.setOofSettings(settings);
    return () => undefined;
  },
};

function decodeSettings(element: XmlElement, session: MailboxSession): OofSettings {
  const parts = readSequence(element, [{ name: 'OofState' }, { name: 'ExternalAudience' }, { name: 'Duration', optional: true }, { name: 'InternalReply', optional: true }, { name: 'ExternalReply', optional: true }]);
  const reply = (name: string): string => (parts[name] === undefined ? '' : (childText(parts[name], typesNamespace, 'Message') ?? ''));
  const internal = parts['InternalReply'];
  const language = internal === undefined ? undefined : findAttribute(internal, 'lang', 'http://www.w3.org/XML/1998/namespace');
  return {
    state: readEnumeration(required(element, parts['OofState'], 'OofState'), ['Disabled', 'Enabled', 'Scheduled'], 'OofState'),
    externalAudience: readEnumeration(required(element, parts['ExternalAudience'], 'ExternalAudience'), ['None', 'Known', 'All'], 'ExternalAudience'),
    ...(parts['Duration'] === undefined ? {} : { duration: decodeDuration(parts['Duration'], session) }),
    internalReply: reply('InternalReply'),
    externalReply: reply('ExternalReply'),
    ...(language === undefined || language === '' ? {} : { language }),
  };
}

function decodeDuration(element: XmlElement, session: MailboxSession): { start: number; end: number } {
  const parts = readSequence(element, [{ name: 'StartTime' }, { name: 'EndTime' }]);
  return {
    start: readDateTime(required(element, parts['StartTime'], 'StartTime'), session),
    end: readDateTime(required(element, parts['EndTime'], 'EndTime'), session),
  };
}
