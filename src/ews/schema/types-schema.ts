import { distinguishedFolderNames, distinguishedPropertySets } from '../../organization/index.ts';
import { calendarPermissionLevels, calendarPermissionReadAccess, permissionLevels, permissionReadAccess, permissionScopes } from '../codec/folders/permission-kind.ts';
import { emailAddressKeys, imAddressKeys, phoneNumberKeys, physicalAddressKeys, physicalAddressParts } from '../codec/items/dictionary-kinds.ts';
import { mailboxTypes } from '../codec/items/email-address.ts';
import { mapiPropertyTypes } from '../codec/items/extended-value.ts';
import { dayGroups, months, weekIndexes } from '../codec/items/recurrence-kind.ts';
import { daysOfWeek } from '../codec/serializable-time-zone.ts';
import { availabilityTypes } from './availability-schema.ts';
import { itemTypeNames, objectSchemaTypes } from './item-schema.ts';
import { choiceOf, complexType, enumeration } from './schema-notation.ts';
import type { ComplexType, Schema, SimpleType } from './schema-notation.ts';
import { searchTypes } from './search-schema.ts';

type SchemaTypes = readonly (ComplexType | SimpleType)[];

/** Every element in which an item stands. */
export const anyItem = Object.entries(itemTypeNames).map(([name, type]) => `${name}=${type}`).join(' ');
const anyFolder = 'Folder=t:FolderType CalendarFolder=t:CalendarFolderType ContactsFolder=t:ContactsFolderType SearchFolder=t:SearchFolderType TasksFolder=t:TasksFolderType';
const onePath = choiceOf('t:FieldURI t:IndexedFieldURI t:ExtendedFieldURI');
const anyItemId = 'ItemId=t:ItemIdType OccurrenceItemId=t:OccurrenceItemIdType RecurringMasterItemId=t:RecurringMasterItemIdType';
const folderId = 'FolderId=t:FolderIdType DistinguishedFolderId=t:DistinguishedFolderIdType';

const identification: SchemaTypes = [
  complexType('ItemIdType', '@Id=xs:string @ChangeKey?=xs:string'),
  complexType('FolderIdType', '@Id=xs:string @ChangeKey?=xs:string'),
  complexType('OccurrenceItemIdType', '@RecurringMasterId=xs:string @ChangeKey?=xs:string @InstanceIndex=t:InstanceIndexType'),
  { kind: 'simple', name: 'InstanceIndexType', base: 'xs:int', minimum: 0, maximum: 999_999_999 },
  complexType('RecurringMasterItemIdType', '@OccurrenceId=xs:string @ChangeKey?=xs:string'),
  enumeration('DistinguishedFolderIdNameType', distinguishedFolderNames),
  complexType('DistinguishedFolderIdType', 'Mailbox?=t:EmailAddressType @Id=t:DistinguishedFolderIdNameType @ChangeKey?=xs:string'),
  complexType('TargetFolderIdType', choiceOf(folderId)),
  complexType('NonEmptyArrayOfBaseFolderIdsType', choiceOf(folderId, '+')),
  complexType('NonEmptyArrayOfBaseItemIdsType', choiceOf(anyItemId, '+')),
  complexType('ArrayOfBaseItemIdsType', 'ItemId+=t:ItemIdType'),
  complexType('RequestAttachmentIdType', '@Id=xs:string'),
  complexType('AttachmentIdType', '@RootItemId?=xs:string @RootItemChangeKey?=xs:string', { base: 't:RequestAttachmentIdType' }),
  complexType('NonEmptyArrayOfRequestAttachmentIdsType', 'AttachmentId+=t:RequestAttachmentIdType'),
  complexType('RootItemIdType', '@RootItemId=xs:string @RootItemChangeKey=xs:string'),
  enumeration('IdFormatType', ['EwsLegacyId', 'EwsId', 'EntryId', 'HexEntryId', 'StoreId', 'OwaId']),
  complexType('AlternateIdBaseType', '@Format=t:IdFormatType', { isAbstract: true }),
  complexType('AlternateIdType', '@Id=xs:string @Mailbox=xs:string @IsArchive?=xs:boolean', { base: 't:AlternateIdBaseType' }),
  complexType('NonEmptyArrayOfAlternateIdsType', 'AlternateId+=t:AlternateIdType'),
];

const people: SchemaTypes = [
  enumeration('MailboxTypeType', mailboxTypes),
  complexType('EmailAddressType', 'Name?=xs:string EmailAddress?=xs:string RoutingType?=xs:string MailboxType?=t:MailboxTypeType ItemId?=t:ItemIdType OriginalDisplayName?=xs:string'),
  complexType('SingleRecipientType', 'Mailbox=t:EmailAddressType'),
  complexType('ArrayOfRecipientsType', 'Mailbox*=t:EmailAddressType'),
  complexType('ArrayOfEmailAddressesType', 'Address*=t:EmailAddressType'),
  complexType('AttendeeType', 'Mailbox=t:EmailAddressType ResponseType?=t:ResponseTypeType LastResponseTime?=xs:dateTime ProposedStart?=xs:dateTime ProposedEnd?=xs:dateTime'),
  complexType('NonEmptyArrayOfAttendeesType', 'Attendee*=t:AttendeeType'),
  enumeration('MemberStatusType', ['Unrecognized', 'Normal', 'Demoted']),
  complexType('MemberType', 'Mailbox?=t:EmailAddressType Status?=t:MemberStatusType @Key?=xs:string'),
  complexType('MembersListType', 'Member*=t:MemberType'),
  enumeration('DistinguishedUserType', ['Default', 'Anonymous']),
  complexType('UserIdType', 'SID?=xs:string PrimarySmtpAddress?=xs:string DisplayName?=xs:string DistinguishedUser?=t:DistinguishedUserType ExternalUserIdentity?=xs:string'),
  complexType('ArrayOfUserIdType', 'UserId+=t:UserIdType'),
  ...permissionTypes('Permission', permissionLevels, permissionReadAccess),
  ...permissionTypes('CalendarPermission', calendarPermissionLevels, calendarPermissionReadAccess),
  enumeration('PermissionActionType', permissionScopes),
  complexType('DelegatePermissionsType', ['Calendar', 'Tasks', 'Inbox', 'Contacts', 'Notes', 'Journal'].map((folder) => `${folder}FolderPermissionLevel?=t:DelegateFolderPermissionLevelType`).join(' ')),
  enumeration('DelegateFolderPermissionLevelType', ['None', 'Editor', 'Reviewer', 'Author', 'Custom']),
  complexType('DelegateUserType', 'UserId=t:UserIdType DelegatePermissions?=t:DelegatePermissionsType ReceiveCopiesOfMeetingMessages?=xs:boolean ViewPrivateItems?=xs:boolean'),
  complexType('ArrayOfDelegateUserType', 'DelegateUser+=t:DelegateUserType'),
  enumeration('DeliverMeetingRequestsType', ['DelegatesOnly', 'DelegatesAndMe', 'DelegatesAndSendInformationToMe', 'NoForward']),
  complexType('PersonaType', 'PersonaId=t:ItemIdType PersonaType?=xs:string DisplayName?=xs:string EmailAddress?=t:EmailAddressType EmailAddresses?=t:ArrayOfEmailAddressesType'),
  complexType('ArrayOfPeopleType', 'Persona*=t:PersonaType'),
  complexType('RoomType', 'Id=t:EmailAddressType'),
  complexType('ArrayOfRoomsType', 'Room*=t:RoomType'),
  complexType('ResolutionType', 'Mailbox=t:EmailAddressType Contact?=t:ContactItemType'),
  complexType('ArrayOfResolutionType', 'Resolution*=t:ResolutionType @IndexedPagingOffset?=xs:int @TotalItemsInView?=xs:int @IncludesLastItemInRange?=xs:boolean'),
];

function permissionTypes(name: string, levels: readonly string[], access: readonly string[]): SchemaTypes {
  const flags = ['CanCreateItems', 'CanCreateSubFolders', 'IsFolderOwner', 'IsFolderVisible', 'IsFolderContact'].map((flag) => `${flag}?=xs:boolean`);
  return [
    enumeration(`${name}LevelType`, levels),
    enumeration(`${name}ReadAccessType`, access),
    complexType(`${name}Type`, `UserId=t:UserIdType ${flags.join(' ')} EditItems?=t:PermissionActionType DeleteItems?=t:PermissionActionType ReadItems?=t:${name}ReadAccessType ${name}Level=t:${name}LevelType`),
    complexType(`ArrayOf${name}sType`, `${name}*=t:${name}Type`),
    complexType(`${name}SetType`, `${name}s=t:ArrayOf${name}sType UnknownEntries?=t:ArrayOfUnknownEntriesType`),
  ];
}

const dictionary = (name: string, keys: readonly string[], text: string): SchemaTypes => [
  enumeration(`${name}KeyType`, keys),
  text === '' ? complexType(`${name}DictionaryEntryType`, `${physicalAddressParts.map(([part]) => `${part}?=xs:string`).join(' ')} @Key=t:${name}KeyType`) : complexType(`${name}DictionaryEntryType`, `@Key=t:${name}KeyType ${text}`, { text: 'xs:string' }),
  complexType(`${name}DictionaryType`, `Entry*=t:${name}DictionaryEntryType`),
];

const partsOfItems: SchemaTypes = [
  complexType('ArrayOfStringsType', 'String*=xs:string'),
  complexType('ArrayOfBinaryType', 'Base64Binary*=xs:base64Binary'),
  complexType('ArrayOfUnknownEntriesType', 'UnknownEntry*=xs:string'),
  complexType('MimeContentType', '@CharacterSet?=xs:string', { text: 'xs:base64Binary' }),
  enumeration('BodyTypeType', ['HTML', 'Text']),
  complexType('BodyType', '@BodyType=t:BodyTypeType @IsTruncated?=xs:boolean', { text: 'xs:string' }),
  enumeration('FlagStatusType', ['NotFlagged', 'Flagged', 'Complete']),
  complexType('FlagType', 'FlagStatus=t:FlagStatusType StartDate?=xs:dateTime DueDate?=xs:dateTime CompleteDate?=xs:dateTime'),
  complexType('InternetHeaderType', '@HeaderName=xs:string', { text: 'xs:string' }),
  complexType('NonEmptyArrayOfInternetHeadersType', 'InternetMessageHeader*=t:InternetHeaderType'),
  complexType('EffectiveRightsType', 'CreateAssociated=xs:boolean CreateContents=xs:boolean CreateHierarchy=xs:boolean Delete=xs:boolean Modify=xs:boolean Read=xs:boolean ViewPrivateItems?=xs:boolean'),
  { kind: 'simple', name: 'ReminderMinutesBeforeStartType', base: 'xs:int', minimum: 0, maximum: 2_629_800 },
  complexType('CompleteNameType', ['Title', 'FirstName', 'MiddleName', 'LastName', 'Suffix', 'Initials', 'FullName', 'Nickname'].map((part) => `${part}?=xs:string`).join(' ')),
  complexType('EnhancedLocationType', 'DisplayName=xs:string Annotation?=xs:string PostalAddress?=t:PersonaPostalAddressType'),
  complexType('PersonaPostalAddressType', '*'),
  complexType('OccurrenceInfoType', 'ItemId=t:ItemIdType Start=xs:dateTime End=xs:dateTime OriginalStart=xs:dateTime'),
  complexType('NonEmptyArrayOfOccurrenceInfoType', 'Occurrence+=t:OccurrenceInfoType'),
  complexType('DeletedOccurrenceInfoType', 'Start=xs:dateTime'),
  complexType('NonEmptyArrayOfDeletedOccurrencesType', 'DeletedOccurrence+=t:DeletedOccurrenceInfoType'),
  ...dictionary('EmailAddress', emailAddressKeys, '@Name?=xs:string @RoutingType?=xs:string @MailboxType?=t:MailboxTypeType'),
  ...dictionary('PhoneNumber', phoneNumberKeys, '@Name?=xs:string'),
  ...dictionary('ImAddress', imAddressKeys, '@Name?=xs:string'),
  ...dictionary('PhysicalAddress', physicalAddressKeys, ''),
  complexType('AttachmentType', 'AttachmentId?=t:AttachmentIdType Name?=xs:string ContentType?=xs:string ContentId?=xs:string ContentLocation?=xs:string AttachmentOriginalUrl?=xs:string Size?=xs:int LastModifiedTime?=xs:dateTime IsInline?=xs:boolean'),
  complexType('FileAttachmentType', 'IsContactPhoto?=xs:boolean Content?=xs:base64Binary', { base: 't:AttachmentType' }),
  complexType('ItemAttachmentType', choiceOf(anyItem, '?'), { base: 't:AttachmentType' }),
  complexType('ArrayOfAttachmentsType', choiceOf('ItemAttachment=t:ItemAttachmentType FileAttachment=t:FileAttachmentType', '*')),
  complexType('NonEmptyArrayOfAttachmentsType', choiceOf('ItemAttachment=t:ItemAttachmentType FileAttachment=t:FileAttachmentType', '+')),
];

const occurrenceNumber = 't:RecurrenceNumberType';
const recurrence: SchemaTypes = [
  enumeration('DayOfWeekType', dayGroups),
  { kind: 'simple', name: 'DaysOfWeekType', base: 'xs:string', listOf: 't:DayOfWeekType' },
  enumeration('SingleDayOfWeekType', daysOfWeek),
  enumeration('DayOfWeekIndexType', weekIndexes),
  enumeration('MonthNamesType', months),
  { kind: 'simple', name: 'RecurrenceNumberType', base: 'xs:int', minimum: 1, maximum: 999 },
  complexType('DailyRecurrencePatternType', `Interval=${occurrenceNumber}`),
  complexType('WeeklyRecurrencePatternType', `Interval=${occurrenceNumber} DaysOfWeek=t:DaysOfWeekType FirstDayOfWeek?=t:SingleDayOfWeekType`),
  complexType('AbsoluteMonthlyRecurrencePatternType', `Interval=${occurrenceNumber} DayOfMonth=${occurrenceNumber}`),
  complexType('RelativeMonthlyRecurrencePatternType', `Interval=${occurrenceNumber} DaysOfWeek=t:DayOfWeekType DayOfWeekIndex=t:DayOfWeekIndexType`),
  complexType('AbsoluteYearlyRecurrencePatternType', `DayOfMonth=${occurrenceNumber} Month=t:MonthNamesType`),
  complexType('RelativeYearlyRecurrencePatternType', 'DaysOfWeek=t:DayOfWeekType DayOfWeekIndex=t:DayOfWeekIndexType Month=t:MonthNamesType'),
  complexType('NoEndRecurrenceRangeType', 'StartDate=xs:date'),
  complexType('EndDateRecurrenceRangeType', 'StartDate=xs:date EndDate=xs:date'),
  complexType('NumberedRecurrenceRangeType', `StartDate=xs:date NumberOfOccurrences=${occurrenceNumber}`),
  complexType(
    'RecurrenceType',
    `${choiceOf(['Daily', 'Weekly', 'AbsoluteMonthly', 'RelativeMonthly', 'AbsoluteYearly', 'RelativeYearly'].map((name) => `${name}Recurrence=t:${name}RecurrencePatternType`).join(' '))} ${choiceOf(['NoEnd', 'EndDate', 'Numbered'].map((name) => `${name}Recurrence=t:${name}RecurrenceRangeType`).join(' '))}`,
  ),
];

const timeZones: SchemaTypes = [
  complexType('PeriodType', '@Bias=xs:duration @Name=xs:string @Id=xs:string'),
  complexType('NonEmptyArrayOfPeriodsType', 'Period+=t:PeriodType'),
  complexType('TransitionTargetType', '@Kind=t:TransitionTargetKindType', { text: 'xs:string' }),
  enumeration('TransitionTargetKindType', ['Period', 'Group']),
  complexType('TransitionType', 'To=t:TransitionTargetType'),
  complexType('AbsoluteDateTransitionType', 'DateTime=xs:dateTime', { base: 't:TransitionType' }),
  { kind: 'simple', name: 'MonthNumberType', base: 'xs:int', minimum: 1, maximum: 12 },
  { kind: 'simple', name: 'DayNumberType', base: 'xs:int', minimum: 1, maximum: 31 },
  { kind: 'simple', name: 'DayOccurrenceType', base: 'xs:int', minimum: -5, maximum: 5 },
  complexType('RecurringTimeTransitionType', 'TimeOffset=xs:duration Month=t:MonthNumberType', { base: 't:TransitionType', isAbstract: true }),
  complexType('RecurringDayTransitionType', 'DayOfWeek=t:SingleDayOfWeekType Occurrence=t:DayOccurrenceType', { base: 't:RecurringTimeTransitionType' }),
  complexType('RecurringDateTransitionType', 'Day=t:DayNumberType', { base: 't:RecurringTimeTransitionType' }),
  complexType('ArrayOfTransitionsType', `${choiceOf('AbsoluteDateTransition=t:AbsoluteDateTransitionType RecurringDateTransition=t:RecurringDateTransitionType RecurringDayTransition=t:RecurringDayTransitionType Transition=t:TransitionType', '+')} @Id?=xs:string`),
  complexType('ArrayOfTransitionsGroupsType', 'TransitionsGroup*=t:ArrayOfTransitionsType'),
  complexType('TimeZoneDefinitionType', 'Periods?=t:NonEmptyArrayOfPeriodsType TransitionsGroups?=t:ArrayOfTransitionsGroupsType Transitions?=t:ArrayOfZoneTransitionsType @Id?=xs:string @Name?=xs:string'),
  complexType('ArrayOfZoneTransitionsType', choiceOf('AbsoluteDateTransition=t:AbsoluteDateTransitionType Transition=t:TransitionType', '+')),
  complexType('ArrayOfTimeZoneDefinitionType', 'TimeZoneDefinition*=t:TimeZoneDefinitionType'),
  complexType('NonEmptyArrayOfTimeZoneIdType', 'Id+=xs:string'),
  complexType('YearlyTimeChangeType', 'DaysOfWeek=t:SingleDayOfWeekType DayOfWeekIndex=t:DayOfWeekIndexType Month=t:MonthNamesType'),
  complexType('TimeChangeType', `Offset=xs:duration ${choiceOf('RelativeYearlyRecurrence=t:YearlyTimeChangeType AbsoluteDate=xs:date', '?')} Time=xs:time @TimeZoneName?=xs:string`),
  complexType('TimeZoneType', 'BaseOffset?=xs:duration Standard?=t:TimeChangeType Daylight?=t:TimeChangeType @TimeZoneName?=xs:string'),
];

const extendedProperties: SchemaTypes = [
  enumeration('MapiPropertyTypeType', mapiPropertyTypes),
  enumeration('DistinguishedPropertySetType', Object.keys(distinguishedPropertySets)),
  { kind: 'simple', name: 'GuidType', base: 'xs:string', pattern: String.raw`\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?` },
  { kind: 'simple', name: 'PropertyTagType', base: 'xs:string', pattern: '0[xX][0-9A-Fa-f]{1,4}|[0-9]{1,5}' },
  complexType('PathToExtendedFieldType', '@DistinguishedPropertySetId?=t:DistinguishedPropertySetType @PropertySetId?=t:GuidType @PropertyTag?=t:PropertyTagType @PropertyName?=xs:string @PropertyId?=xs:unsignedInt @PropertyType=t:MapiPropertyTypeType'),
  complexType('NonEmptyArrayOfPropertyValuesType', 'Value*=xs:string'),
  complexType('ExtendedPropertyType', 'ExtendedFieldURI=t:PathToExtendedFieldType ( Value=xs:string | Values=t:NonEmptyArrayOfPropertyValuesType )'),
  complexType('NonEmptyArrayOfPathsToElementType', choiceOf('t:FieldURI t:IndexedFieldURI t:ExtendedFieldURI', '*')),
];

const responses = {
  smart: 'Subject?=xs:string Body?=t:BodyType ToRecipients?=t:ArrayOfRecipientsType CcRecipients?=t:ArrayOfRecipientsType BccRecipients?=t:ArrayOfRecipientsType IsReadReceiptRequested?=xs:boolean IsDeliveryReceiptRequested?=xs:boolean From?=t:SingleRecipientType ReferenceItemId=t:ItemIdType NewBodyContent?=t:BodyType',
  meeting:
    'ItemClass?=xs:string Sensitivity?=t:SensitivityChoicesType Body?=t:BodyType Attachments?=t:NonEmptyArrayOfAttachmentsType InternetMessageHeaders?=t:NonEmptyArrayOfInternetHeadersType Sender?=t:SingleRecipientType ToRecipients?=t:ArrayOfRecipientsType CcRecipients?=t:ArrayOfRecipientsType BccRecipients?=t:ArrayOfRecipientsType IsReadReceiptRequested?=xs:boolean IsDeliveryReceiptRequested?=xs:boolean From?=t:SingleRecipientType ReferenceItemId=t:ItemIdType ProposedStart?=xs:dateTime ProposedEnd?=xs:dateTime',
};
const responseObjects = [
  ...['ReplyToItem', 'ReplyAllToItem', 'ForwardItem', 'CancelCalendarItem'].map((name) => `${name}=t:SmartResponseType`),
  ...['AcceptItem', 'TentativelyAcceptItem', 'DeclineItem'].map((name) => `${name}=t:MeetingRegistrationResponseType`),
  ...['RemoveItem', 'SuppressReadReceipt'].map((name) => `${name}=t:ReferenceItemResponseType`),
].join(' ');

const collections: SchemaTypes = [
  complexType('SmartResponseType', responses.smart),
  complexType('MeetingRegistrationResponseType', responses.meeting),
  complexType('ReferenceItemResponseType', 'ReferenceItemId=t:ItemIdType'),
  complexType('AvailableResponseType', ''),
  complexType('NonEmptyArrayOfResponseObjectsType', choiceOf(responseObjects.replaceAll(/=\S+/g, '=t:AvailableResponseType'), '+')),
  complexType('NonEmptyArrayOfAllItemsType', choiceOf(`${anyItem} ${responseObjects}`, '+')),
  complexType('ArrayOfRealItemsType', choiceOf(anyItem, '*')),
  complexType('ArrayOfFoldersType', choiceOf(anyFolder, '*')),
  complexType('NonEmptyArrayOfFoldersType', choiceOf(anyFolder, '+')),
  ...['Set', 'Append'].flatMap((action) => [
    complexType(action === 'Set' ? 'SetItemFieldType' : 'AppendToItemFieldType', `${onePath} ${choiceOf(anyItem)}`),
    complexType(action === 'Set' ? 'SetFolderFieldType' : 'AppendToFolderFieldType', `${onePath} ${choiceOf(anyFolder)}`),
  ]),
  complexType('DeleteItemFieldType', onePath),
  complexType('DeleteFolderFieldType', onePath),
  complexType('NonEmptyArrayOfItemChangeDescriptionsType', choiceOf('AppendToItemField=t:AppendToItemFieldType SetItemField=t:SetItemFieldType DeleteItemField=t:DeleteItemFieldType', '+')),
  complexType('NonEmptyArrayOfFolderChangeDescriptionsType', choiceOf('AppendToFolderField=t:AppendToFolderFieldType SetFolderField=t:SetFolderFieldType DeleteFolderField=t:DeleteFolderFieldType', '+')),
  complexType('ItemChangeType', `${choiceOf(anyItemId)} Updates=t:NonEmptyArrayOfItemChangeDescriptionsType`),
  complexType('FolderChangeType', `${choiceOf(folderId)} Updates=t:NonEmptyArrayOfFolderChangeDescriptionsType`),
  complexType('NonEmptyArrayOfItemChangesType', 'ItemChange+=t:ItemChangeType'),
  complexType('NonEmptyArrayOfFolderChangesType', 'FolderChange+=t:FolderChangeType'),
  enumeration('ConflictResolutionType', ['NeverOverwrite', 'AutoResolve', 'AlwaysOverwrite']),
  enumeration('MessageDispositionType', ['SaveOnly', 'SendOnly', 'SendAndSaveCopy']),
  enumeration('CalendarItemCreateOrDeleteOperationType', ['SendToNone', 'SendOnlyToAll', 'SendToAllAndSaveCopy']),
  enumeration('CalendarItemUpdateOperationType', ['SendToNone', 'SendOnlyToAll', 'SendOnlyToChanged', 'SendToAllAndSaveCopy', 'SendToChangedAndSaveCopy']),
  enumeration('AffectedTaskOccurrencesType', ['AllOccurrences', 'SpecifiedOccurrenceOnly']),
  enumeration('DisposalType', ['HardDelete', 'SoftDelete', 'MoveToDeletedItems']),
  complexType('ConflictResultsType', 'Count=xs:int'),
  enumeration('CreateActionType', ['CreateNew', 'Update', 'UpdateOrCreate']),
  complexType('UploadItemType', 'ParentFolderId=t:FolderIdType ItemId?=t:ItemIdType Data=xs:base64Binary @CreateAction=t:CreateActionType @IsAssociated?=xs:boolean'),
  complexType('NonEmptyArrayOfUploadItemsType', 'Item+=t:UploadItemType'),
  ...syncTypes(),
];

function syncTypes(): SchemaTypes {
  return [
    complexType('SyncFolderHierarchyCreateOrUpdateType', choiceOf(anyFolder)),
    complexType('SyncFolderHierarchyDeleteType', 'FolderId=t:FolderIdType'),
    complexType('SyncFolderHierarchyChangesType', choiceOf('Create=t:SyncFolderHierarchyCreateOrUpdateType Update=t:SyncFolderHierarchyCreateOrUpdateType Delete=t:SyncFolderHierarchyDeleteType', '*')),
    complexType('SyncFolderItemsCreateOrUpdateType', choiceOf(anyItem)),
    complexType('SyncFolderItemsDeleteType', 'ItemId=t:ItemIdType'),
    complexType('SyncFolderItemsReadFlagType', 'ItemId=t:ItemIdType IsRead=xs:boolean'),
    complexType('SyncFolderItemsChangesType', choiceOf('Create=t:SyncFolderItemsCreateOrUpdateType Update=t:SyncFolderItemsCreateOrUpdateType Delete=t:SyncFolderItemsDeleteType ReadFlagChange=t:SyncFolderItemsReadFlagType', '*')),
    enumeration('SyncFolderItemsScopeType', ['NormalItems', 'NormalAndAssociatedItems']),
    { kind: 'simple', name: 'MaxSyncChangesReturnedType', base: 'xs:int', minimum: 1, maximum: 512 },
  ];
}

const headers: SchemaTypes = [
  { kind: 'simple', name: 'ExchangeVersionType', base: 'xs:string', pattern: String.raw`Exchange20(07|07_SP1|10|10_SP1|10_SP2|13|13_SP1|15|16)|V\d{1,4}(_\d{1,4}){1,2}` },
  complexType('RequestServerVersionType', '@Version=t:ExchangeVersionType'),
  complexType('ServerVersionInfoType', '@MajorVersion?=xs:int @MinorVersion?=xs:int @MajorBuildNumber?=xs:int @MinorBuildNumber?=xs:int @Version?=xs:string'),
  complexType('ConnectingSIDType', choiceOf('PrincipalName=xs:string SID=xs:string PrimarySmtpAddress=xs:string SmtpAddress=xs:string')),
  complexType('ExchangeImpersonationType', 'ConnectingSID=t:ConnectingSIDType'),
  complexType('TimeZoneContextType', 'TimeZoneDefinition=t:TimeZoneDefinitionType'),
];

/** The types schema: what requests and answers are made of ([MS-OXWSCDATA] and its neighbours), as far as it is served. */
export const typesSchema: Schema = {
  prefix: 't',
  types: [...identification, ...people, ...partsOfItems, ...recurrence, ...timeZones, ...extendedProperties, ...objectSchemaTypes(), ...collections, ...searchTypes, ...availabilityTypes, ...headers],
  elements: [
    { name: 'FieldURI', type: 't:PathToUnindexedFieldType' },
    { name: 'IndexedFieldURI', type: 't:PathToIndexedFieldType' },
    { name: 'ExtendedFieldURI', type: 't:PathToExtendedFieldType' },
    { name: 'Mailbox', type: 't:EmailAddress' },
    { name: 'UserOofSettings', type: 't:UserOofSettings' },
    { name: 'OofSettings', type: 't:UserOofSettings' },
    { name: 'TimeZone', type: 't:SerializableTimeZone' },
    { name: 'FreeBusyViewOptions', type: 't:FreeBusyViewOptionsType' },
    { name: 'SuggestionsViewOptions', type: 't:SuggestionsViewOptionsType' },
    { name: 'RequestServerVersion', type: 't:RequestServerVersionType' },
    { name: 'ServerVersionInfo', type: 't:ServerVersionInfoType' },
    { name: 'MailboxCulture', type: 'xs:string' },
    { name: 'ExchangeImpersonation', type: 't:ExchangeImpersonationType' },
    { name: 'TimeZoneContext', type: 't:TimeZoneContextType' },
  ],
};
