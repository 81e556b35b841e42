import type { ExtendedPropertyPath, PropertyKey, PropertyType } from './property.ts';

interface PropertyDefinition {
  type: PropertyType;
  /** MAPI names of the same property, where the value is the same too ([MS-OXPROPS]). */
  aliases?: readonly (number | string)[];
}

/** Property sets ([MS-OXPROPS] 1.3.2), by the names of [MS-OXWSXPROP] DistinguishedPropertySetType. */
export const distinguishedPropertySets: Readonly<Record<string, string>> = {
  Meeting: '6ed8da90-450b-101b-98da-00aa003f1305',
  Appointment: '00062002-0000-0000-c000-000000000046',
  Common: '00062008-0000-0000-c000-000000000046',
  PublicStrings: '00020329-0000-0000-c000-000000000046',
  Address: '00062004-0000-0000-c000-000000000046',
  InternetHeaders: '00020386-0000-0000-c000-000000000046',
  CalendarAssistant: '11000e07-b51b-40d6-af21-caa85edab1d0',
  UnifiedMessaging: '4442858e-a9e3-4e80-b900-317a210cc15b',
  Task: '00062003-0000-0000-c000-000000000046',
  Sharing: '00062040-0000-0000-c000-000000000046',
};

const appointment = (id: string): string => `{${distinguishedPropertySets['Appointment']}}#${id}`;
const common = (id: string): string => `{${distinguishedPropertySets['Common']}}#${id}`;
const task = (id: string): string => `{${distinguishedPropertySets['Task']}}#${id}`;

/** Under which a series keeps the body of one of its occurrences, for one that says that it has its own. */
export function occurrenceBodyKey(originalStart: number): PropertyKey {
  return `${occurrenceBodyPrefix}${originalStart}`;
}

export const occurrenceBodyPrefix = 'calendar:OccurrenceBody/';

/** Under which a series keeps the categories of one of its occurrences, where that has its own; an empty list for none. */
export function occurrenceCategoriesKey(originalStart: number): PropertyKey {
  return `calendar:OccurrenceCategories/${originalStart}`;
}

/** Under which a series keeps what one of its occurrences has of a meeting for itself: attendees and their answers, or the owner's own. */
export function occurrenceMeetingKey(originalStart: number): PropertyKey {
  return `${occurrenceMeetingPrefix}${originalStart}`;
}

export const occurrenceMeetingPrefix = 'calendar:OccurrenceMeeting/';

/** Says of a calendar item whether it is single (0), a series (1), an occurrence (2) or an exception (3). */
export const instanceTypeKey: PropertyKey = `{${distinguishedPropertySets['PublicStrings']}}#urn:schemas:calendar:instancetype`;

const string = (...aliases: (number | string)[]): PropertyDefinition => ({ type: 'String', aliases });
const time = (...aliases: (number | string)[]): PropertyDefinition => ({ type: 'SystemTime', aliases });
const integer = (...aliases: (number | string)[]): PropertyDefinition => ({ type: 'Integer', aliases });
const boolean = (...aliases: (number | string)[]): PropertyDefinition => ({ type: 'Boolean', aliases });
const strings = (...aliases: (number | string)[]): PropertyDefinition => ({ type: 'StringArray', aliases });
const object: PropertyDefinition = { type: 'Object' };

/** Those whose type is not `String` without alias. */
const definitions: Readonly<Record<PropertyKey, PropertyDefinition>> = {
  'folder:DisplayName': string(),
  'folder:FolderClass': string(0x3613),
  'folder:TotalCount': integer(0x3602),
  'folder:UnreadCount': integer(0x3603),
  'folder:ChildFolderCount': integer(0x6638),
  'item:ItemClass': string(0x001a),
  'item:Subject': string(0x0037),
  'item:Importance': string(),
  'item:Sensitivity': string(),
  'item:DateTimeReceived': time(0x0e06),
  'item:DateTimeSent': time(0x0039),
  'item:DateTimeCreated': time(0x3007),
  // PidTagLastModificationTime, PidTagLocalCommitTime, and PidTagLocalCommitTimeMax of a folder ([MS-OXPROPS]).
  'item:LastModifiedTime': time(0x3008, 0x6709, 0x670a),
  'item:LastModifiedName': string(0x3ffa),
  'item:Size': integer(0x0e08),
  'item:HasAttachments': boolean(0x0e1b),
  'item:InReplyTo': string(0x1042),
  'item:DisplayTo': string(0x0e04),
  'item:DisplayCc': string(0x0e03),
  'item:DisplayBcc': string(0x0e02),
  'item:Categories': strings(`{${distinguishedPropertySets['PublicStrings']}}#Keywords`),
  'item:Culture': string(),
  'item:ReminderIsSet': boolean(common('0x8503')),
  'item:ReminderDueBy': time(common('0x8502')),
  'item:ReminderNextTime': time(common('0x8560')),
  'item:ReminderMinutesBeforeStart': integer(common('0x8501')),
  'item:IsSubmitted': boolean(),
  'item:IsDraft': boolean(),
  'item:IsFromMe': boolean(),
  'item:IsResend': boolean(),
  'item:IsUnmodified': boolean(),
  'item:IsAssociated': boolean(),
  'item:InternetMessageHeaders': object,
  'item:Body': object,
  'item:UniqueBody': object,
  'item:TextBody': object,
  'item:NormalizedBody': object,
  'item:Flag': object,
  'item:ConversationId': string(0x3013),
  'item:MimeContent': { type: 'Binary' },
  'message:From': object,
  'message:Sender': object,
  'message:ToRecipients': object,
  'message:CcRecipients': object,
  'message:BccRecipients': object,
  'message:ReplyTo': object,
  'message:ReceivedBy': object,
  'message:ReceivedRepresenting': object,
  'message:IsRead': boolean(0x0e69),
  'message:IsDeliveryReceiptRequested': boolean(0x0023),
  'message:IsReadReceiptRequested': boolean(0x0029),
  'message:IsResponseRequested': boolean(0x0063),
  'message:InternetMessageId': string(0x1035),
  'message:References': string(0x1039),
  'message:ConversationIndex': { type: 'Binary', aliases: [0x0071] },
  'message:ConversationTopic': string(0x0070),
  'calendar:Start': time(appointment('0x820d'), 0x0060),
  'calendar:End': time(appointment('0x820e'), 0x0061),
  'calendar:OriginalStart': time(),
  'calendar:IsAllDayEvent': boolean(appointment('0x8215')),
  'calendar:LegacyFreeBusyStatus': string(),
  'calendar:Location': string(appointment('0x8208')),
  'calendar:IsMeeting': boolean(),
  'calendar:IsCancelled': boolean(),
  'calendar:IsRecurring': boolean(appointment('0x8223')),
  'calendar:MeetingRequestWasSent': boolean(),
  'calendar:IsResponseRequested': boolean(),
  'calendar:CalendarItemType': string(),
  'calendar:MyResponseType': string(),
  'calendar:Organizer': object,
  'calendar:RequiredAttendees': object,
  'calendar:OptionalAttendees': object,
  'calendar:Resources': object,
  'calendar:InboxReminders': object,
  'calendar:Duration': string(),
  'calendar:AppointmentReplyTime': time(appointment('0x8220')),
  'calendar:AppointmentSequenceNumber': integer(appointment('0x8201')),
  'calendar:AppointmentState': integer(appointment('0x8217')),
  'calendar:Recurrence': object,
  'calendar:FirstOccurrence': object,
  'calendar:LastOccurrence': object,
  'calendar:ModifiedOccurrences': object,
  'calendar:DeletedOccurrences': object,
  'calendar:StartTimeZone': object,
  'calendar:EndTimeZone': object,
  'calendar:MeetingTimeZone': object,
  'calendar:ConferenceType': integer(),
  'calendar:AllowNewTimeProposal': boolean(),
  'calendar:IsOnlineMeeting': boolean(),
  'calendar:UID': string(),
  'calendar:RecurrenceId': time(),
  'calendar:DateTimeStamp': time(),
  'meeting:AssociatedCalendarItemId': object,
  'meeting:IsDelegated': boolean(),
  'meeting:IsOutOfDate': boolean(),
  'meeting:HasBeenProcessed': boolean(),
  'meetingRequest:MeetingRequestType': string(),
  'meetingRequest:IntendedFreeBusyStatus': string(),
  'task:ActualWork': integer(task('0x8110')),
  'task:AssignedTime': time(),
  'task:ChangeCount': integer(),
  'task:CompleteDate': time(task('0x810f')),
  'task:DueDate': time(task('0x8105')),
  'task:IsComplete': boolean(task('0x811c')),
  'task:IsRecurring': boolean(task('0x8126')),
  'task:IsTeamTask': boolean(),
  'task:IsAssignmentEditable': boolean(),
  'task:PercentComplete': { type: 'Double' },
  'task:Recurrence': object,
  'task:StartDate': time(task('0x8104')),
  'task:TotalWork': integer(task('0x8111')),
  'task:Companies': strings(),
  'task:Contacts': strings(),
  'contacts:DisplayName': string(0x3001),
  'contacts:GivenName': string(0x3a06),
  'contacts:Surname': string(0x3a11),
  'contacts:MiddleName': string(0x3a44),
  'contacts:Initials': string(0x3a0a),
  'contacts:Nickname': string(0x3a4f),
  'contacts:Generation': string(0x3a05),
  'contacts:CompanyName': string(0x3a16),
  'contacts:Department': string(0x3a18),
  'contacts:JobTitle': string(0x3a17),
  'contacts:Manager': string(0x3a4e),
  'contacts:AssistantName': string(0x3a30),
  'contacts:OfficeLocation': string(0x3a19),
  'contacts:Profession': string(0x3a46),
  'contacts:SpouseName': string(0x3a48),
  'contacts:BusinessHomePage': string(0x3a51),
  'contacts:Birthday': time(0x3a42),
  'contacts:WeddingAnniversary': time(0x3a41),
  'contacts:HasPicture': boolean(),
  'contacts:Children': strings(0x3a58),
  'contacts:Companies': strings(),
  'contacts:CompleteName': object,
  'contacts:FileAs': string(`{${distinguishedPropertySets['Address']}}#0x8005`),
  'contacts:PhoneNumber/HomePhone': string(0x3a09),
  'contacts:PhoneNumber/BusinessPhone': string(0x3a08),
  'contacts:PhoneNumber/MobilePhone': string(0x3a1c),
  'contacts:PhoneNumber/HomeFax': string(0x3a25),
  'contacts:PhoneNumber/BusinessFax': string(0x3a24),
  'contacts:EmailAddress/EmailAddress1': object,
  'contacts:EmailAddress/EmailAddress2': object,
  'contacts:EmailAddress/EmailAddress3': object,
  'distributionlist:Members': object,
  'conversation:ConversationId': string(),
};

const keyOfAlias = new Map<number | string, PropertyKey>();
for (const [key, { aliases }] of Object.entries(definitions)) for (const alias of aliases ?? []) keyOfAlias.set(alias, key);

/** The one key of a property that a client names by tag, or by set and id or name. */
export function propertyKey(path: ExtendedPropertyPath): PropertyKey {
  if ('tag' in path) return keyOfAlias.get(path.tag) ?? `0x${path.tag.toString(16).padStart(4, '0')}`;
  const name = 'id' in path ? `0x${path.id.toString(16).padStart(4, '0')}` : path.name;
  const key = `{${path.set.toLowerCase()}}#${name}`;
  return keyOfAlias.get(key) ?? key;
}
