import { attachmentsKind } from './attachment-kind.ts';
import { bodyKind } from './body-kind.ts';
import { effectiveRightsKind, flagKind, idKind, internetHeadersKind, mimeContentKind, responseObjectsKind } from './item-kinds.ts';
import type { PropertyDefinition } from './property-definition.ts';
import { extendedPropertyMember, readable, settable } from './property-definition.ts';
import { recipientKind, recipientsKind } from './email-address.ts';
import { base64Kind, booleanKind, dateTimeKind, enumerationKind, integerKind, naturalKind, stringsKind, textKind } from './scalar-kinds.ts';

export const importanceKind = enumerationKind('ImportanceChoicesType', ['Low', 'Normal', 'High']);
export const sensitivityKind = enumerationKind('SensitivityChoicesType', ['Normal', 'Personal', 'Private', 'Confidential']);
export const freeBusyKind = enumerationKind('LegacyFreeBusyType', ['Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData']);
const reminderMinutes = naturalKind('ReminderMinutesBeforeStartType', 2_629_800);

/**
 * ItemType, in the order of its schema ([MS-OXWSCORE] §2.2.4.24). Which base shape holds what follows "Property sets and
 * response shapes in EWS in Exchange" as far as that page goes; the rest is *unverified*.
 */
export const baseItemProperties: readonly PropertyDefinition[] = [
  settable('item:MimeContent', mimeContentKind, { shape: 'asked', isHeavy: true }),
  readable('item:ItemId', idKind, { shape: 'id' }),
  readable('item:ParentFolderId', idKind),
  settable('item:ItemClass', textKind),
  settable('item:Subject', textKind, { shape: 'default' }),
  settable('item:Sensitivity', sensitivityKind, { shape: 'default' }),
  settable('item:Body', bodyKind, { shape: 'default', isHeavy: true }),
  readable('item:Attachments', attachmentsKind, { shape: 'default', isHeavy: true }),
  settable('item:DateTimeReceived', dateTimeKind),
  readable('item:Size', integerKind, { shape: 'default' }),
  settable('item:Categories', stringsKind),
  settable('item:Importance', importanceKind),
  settable('item:InReplyTo', textKind),
  readable('item:IsSubmitted', booleanKind),
  readable('item:IsDraft', booleanKind),
  readable('item:IsFromMe', booleanKind),
  readable('item:IsResend', booleanKind),
  readable('item:IsUnmodified', booleanKind),
  readable('item:InternetMessageHeaders', internetHeadersKind, { isHeavy: true }),
  settable('item:DateTimeSent', dateTimeKind),
  readable('item:DateTimeCreated', dateTimeKind),
  readable('item:ResponseObjects', responseObjectsKind, { shape: 'default', isHeavy: true }),
  settable('item:ReminderDueBy', dateTimeKind),
  settable('item:ReminderIsSet', booleanKind),
  readable('item:ReminderNextTime', dateTimeKind, { shape: 'asked' }),
  settable('item:ReminderMinutesBeforeStart', reminderMinutes),
  readable('item:DisplayCc', textKind),
  readable('item:DisplayTo', textKind),
  readable('item:DisplayBcc', textKind, { shape: 'asked' }),
  readable('item:HasAttachments', booleanKind, { shape: 'default' }),
  extendedPropertyMember,
  settable('item:Culture', textKind),
  readable('item:EffectiveRights', effectiveRightsKind),
  readable('item:LastModifiedName', textKind),
  readable('item:LastModifiedTime', dateTimeKind),
  readable('item:IsAssociated', booleanKind),
  readable('item:WebClientReadFormQueryString', textKind, { shape: 'asked' }),
  readable('item:WebClientEditFormQueryString', textKind, { shape: 'asked' }),
  readable('item:ConversationId', idKind),
  readable('item:UniqueBody', bodyKind, { shape: 'asked', isHeavy: true }),
  settable('item:Flag', flagKind),
  readable('item:StoreEntryId', base64Kind, { shape: 'asked' }),
  readable('item:InstanceKey', base64Kind, { shape: 'asked' }),
  readable('item:NormalizedBody', bodyKind, { shape: 'asked', isHeavy: true }),
  readable('item:Preview', textKind, { shape: 'asked', isHeavy: true }),
  readable('item:TextBody', bodyKind, { shape: 'asked', isHeavy: true }),
];

/** MessageType, in order, without ItemType ([MS-OXWSMSG] §2.2.4.1). */
export const messageProperties: readonly PropertyDefinition[] = [
  settable('message:Sender', recipientKind),
  settable('message:ToRecipients', recipientsKind, { shape: 'default', isHeavy: true }),
  settable('message:CcRecipients', recipientsKind, { shape: 'default', isHeavy: true }),
  settable('message:BccRecipients', recipientsKind, { shape: 'default', isHeavy: true }),
  settable('message:IsReadReceiptRequested', booleanKind, { shape: 'default' }),
  settable('message:IsDeliveryReceiptRequested', booleanKind, { shape: 'default' }),
  settable('message:ConversationIndex', base64Kind),
  settable('message:ConversationTopic', textKind),
  settable('message:From', recipientKind, { shape: 'default' }),
  settable('message:InternetMessageId', textKind),
  settable('message:IsRead', booleanKind, { shape: 'default' }),
  settable('message:IsResponseRequested', booleanKind),
  settable('message:References', textKind),
  settable('message:ReplyTo', recipientsKind, { isHeavy: true }),
  settable('message:ReceivedBy', recipientKind),
  settable('message:ReceivedRepresenting', recipientKind),
];

/** PostItemType, in order, without ItemType ([MS-OXWSPOST] §2.2.4.1). */
export const postProperties: readonly PropertyDefinition[] = [
  settable('message:ConversationIndex', base64Kind),
  settable('message:ConversationTopic', textKind),
  settable('message:From', recipientKind, { shape: 'default' }),
  settable('message:InternetMessageId', textKind),
  settable('message:IsRead', booleanKind, { shape: 'default' }),
  readable('postitem:PostedTime', dateTimeKind),
  settable('message:References', textKind),
  settable('message:Sender', recipientKind),
];
