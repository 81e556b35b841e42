import { choiceOf, complexType } from './schema-notation.ts';
import type { ComplexType, Schema, SimpleType } from './schema-notation.ts';

/** What an operation takes and answers with. */
interface Described {
  /** Default: the operation's name. */
  requestElement?: string;
  request: string;
  /** Members of its response message behind the code; or, with `isWhole`, of the answer itself. */
  answer: string;
  /** The answer has no list of response messages. */
  isWhole?: 'itself' | 'plain';
}

const itemShape = 'ItemShape=t:ItemResponseShapeType';
const folderShape = 'FolderShape=t:FolderResponseShapeType';
const folderIds = 'FolderIds=t:NonEmptyArrayOfBaseFolderIdsType';
const itemIds = 'ItemIds=t:NonEmptyArrayOfBaseItemIdsType';
const toFolder = 'ToFolderId=t:TargetFolderIdType';
const savedTo = 'SavedItemFolderId?=t:TargetFolderIdType';
const folders = 'Folders?=t:ArrayOfFoldersType';
const items = 'Items?=t:ArrayOfRealItemsType';
const disposal = '@DeleteType=t:DisposalType';
const pageView = 'IndexedPageItemView=t:IndexedPageViewType FractionalPageItemView=t:FractionalPageViewType SeekToConditionPageItemView=t:SeekToConditionPageViewType CalendarView=t:CalendarViewType';
const itemView = choiceOf(pageView, '?');
const folderView = choiceOf('IndexedPageFolderView=t:IndexedPageViewType FractionalPageFolderView=t:FractionalPageViewType', '?');

/** Every operation that is served ([MS-OXWSCORE], [MS-OXWSFOLD] and their neighbours), by name. */
export const describedOperations: Readonly<Record<string, Described>> = {
  GetFolder: { request: `${folderShape} ${folderIds}`, answer: folders },
  FindFolder: { request: `${folderShape} ${folderView} Restriction?=t:RestrictionType ParentFolderIds=t:NonEmptyArrayOfBaseFolderIdsType @Traversal=t:FolderQueryTraversalType`, answer: 'RootFolder?=t:FindFolderParentType' },
  CreateFolder: { request: 'ParentFolderId=t:TargetFolderIdType Folders=t:NonEmptyArrayOfFoldersType', answer: folders },
  UpdateFolder: { request: 'FolderChanges=t:NonEmptyArrayOfFolderChangesType', answer: folders },
  DeleteFolder: { request: `${folderIds} ${disposal}`, answer: '' },
  EmptyFolder: { request: `${folderIds} ${disposal} @DeleteSubFolders=xs:boolean`, answer: '' },
  MoveFolder: { request: `${toFolder} ${folderIds}`, answer: folders },
  CopyFolder: { request: `${toFolder} ${folderIds}`, answer: folders },
  SyncFolderHierarchy: { request: `${folderShape} SyncFolderId?=t:TargetFolderIdType SyncState?=xs:string`, answer: 'SyncState?=xs:string IncludesLastFolderInRange?=xs:boolean Changes?=t:SyncFolderHierarchyChangesType' },
  CreateItem: { request: `${savedTo} Items=t:NonEmptyArrayOfAllItemsType @MessageDisposition?=t:MessageDispositionType @SendMeetingInvitations?=t:CalendarItemCreateOrDeleteOperationType`, answer: items },
  GetItem: { request: `${itemShape} ${itemIds}`, answer: items },
  FindItem: {
    request: `${itemShape} ${itemView} ${choiceOf('GroupBy=t:GroupByType DistinguishedGroupBy=t:DistinguishedGroupByType', '?')} Restriction?=t:RestrictionType SortOrder?=t:NonEmptyArrayOfFieldOrdersType ParentFolderIds=t:NonEmptyArrayOfBaseFolderIdsType QueryString?=m:QueryStringType @Traversal=t:ItemQueryTraversalType`,
    answer: 'RootFolder?=t:FindItemParentType',
  },
  UpdateItem: {
    request: `${savedTo} ItemChanges=t:NonEmptyArrayOfItemChangesType @ConflictResolution=t:ConflictResolutionType @MessageDisposition?=t:MessageDispositionType @SendMeetingInvitationsOrCancellations?=t:CalendarItemUpdateOperationType @SuppressReadReceipts?=xs:boolean`,
    answer: `${items} ConflictResults?=t:ConflictResultsType`,
  },
  DeleteItem: { request: `${itemIds} ${disposal} @SendMeetingCancellations?=t:CalendarItemCreateOrDeleteOperationType @AffectedTaskOccurrences?=t:AffectedTaskOccurrencesType @SuppressReadReceipts?=xs:boolean`, answer: '' },
  MoveItem: { request: `${toFolder} ${itemIds} ReturnNewItemIds?=xs:boolean`, answer: items },
  CopyItem: { request: `${toFolder} ${itemIds} ReturnNewItemIds?=xs:boolean`, answer: items },
  SendItem: { request: `${itemIds} ${savedTo} @SaveItemToFolder=xs:boolean`, answer: '' },
  MarkAllItemsAsRead: { request: `ReadFlag=xs:boolean SuppressReadReceipts=xs:boolean ${folderIds}`, answer: '' },
  SyncFolderItems: {
    request: `${itemShape} SyncFolderId=t:TargetFolderIdType SyncState?=xs:string Ignore?=t:ArrayOfBaseItemIdsType MaxChangesReturned=t:MaxSyncChangesReturnedType SyncScope?=t:SyncFolderItemsScopeType`,
    answer: 'SyncState?=xs:string IncludesLastItemInRange?=xs:boolean Changes?=t:SyncFolderItemsChangesType',
  },
  CreateAttachment: { request: 'ParentItemId=t:ItemIdType Attachments=t:NonEmptyArrayOfAttachmentsType', answer: 'Attachments?=t:ArrayOfAttachmentsType' },
  GetAttachment: { request: 'AttachmentShape?=t:AttachmentResponseShapeType AttachmentIds=t:NonEmptyArrayOfRequestAttachmentIdsType', answer: 'Attachments?=t:ArrayOfAttachmentsType' },
  DeleteAttachment: { request: 'AttachmentIds=t:NonEmptyArrayOfRequestAttachmentIdsType', answer: 'RootItemId?=t:RootItemIdType' },
  ConvertId: { request: 'SourceIds=t:NonEmptyArrayOfAlternateIdsType @DestinationFormat=t:IdFormatType', answer: 'AlternateId?=t:AlternateIdBaseType' },
  ExportItems: { request: itemIds, answer: 'ItemId?=t:ItemIdType Data?=xs:base64Binary' },
  UploadItems: { request: 'Items=t:NonEmptyArrayOfUploadItemsType', answer: 'ItemId?=t:ItemIdType' },
  Subscribe: { request: choiceOf('PullSubscriptionRequest=t:PullSubscriptionRequestType StreamingSubscriptionRequest=t:StreamingSubscriptionRequestType'), answer: 'SubscriptionId?=xs:string Watermark?=xs:string' },
  GetEvents: { request: 'SubscriptionId=xs:string Watermark=xs:string', answer: 'Notification?=t:NotificationType' },
  GetStreamingEvents: {
    request: 'SubscriptionIds=t:NonEmptyArrayOfSubscriptionIdsType ConnectionTimeout=t:StreamingSubscriptionConnectionTimeoutType',
    answer: 'Notifications?=m:NonEmptyArrayOfNotificationsType ErrorSubscriptionIds?=m:NonEmptyArrayOfErrorSubscriptionIdsType ConnectionStatus?=m:ConnectionStatusType',
  },
  Unsubscribe: { request: 'SubscriptionId=xs:string', answer: '' },
  GetServerTimeZones: { request: 'Ids?=t:NonEmptyArrayOfTimeZoneIdType @ReturnFullTimeZoneData?=xs:boolean', answer: 'TimeZoneDefinitions?=t:ArrayOfTimeZoneDefinitionType' },
  ResolveNames: { request: 'ParentFolderIds?=t:NonEmptyArrayOfBaseFolderIdsType UnresolvedEntry=xs:string @ReturnFullContactData=xs:boolean @SearchScope?=m:ResolveNamesSearchScopeType @ContactDataShape?=t:DefaultShapeNamesType', answer: 'ResolutionSet?=t:ArrayOfResolutionType' },
  GetUserConfiguration: { request: 'UserConfigurationName=t:UserConfigurationNameType UserConfigurationProperties=t:UserConfigurationPropertyType', answer: 'UserConfiguration?=t:UserConfigurationType' },
  FindPeople: {
    request: 'PersonaShape?=t:ItemResponseShapeType IndexedPageItemView=t:IndexedPageViewType ParentFolderId?=t:TargetFolderIdType QueryString?=xs:string',
    answer: 'People?=t:ArrayOfPeopleType TotalNumberOfPeopleInView?=xs:int FirstMatchingRowIndex?=xs:int FirstLoadedRowIndex?=xs:int',
    isWhole: 'itself',
  },
  GetDelegate: { request: 'Mailbox=t:EmailAddressType UserIds?=t:ArrayOfUserIdType @IncludePermissions=xs:boolean', answer: 'ResponseMessages?=m:ArrayOfDelegateUserResponseMessageType DeliverMeetingRequests?=t:DeliverMeetingRequestsType', isWhole: 'itself' },
  AddDelegate: { request: 'Mailbox=t:EmailAddressType DelegateUsers=t:ArrayOfDelegateUserType DeliverMeetingRequests?=t:DeliverMeetingRequestsType', answer: 'ResponseMessages?=m:ArrayOfDelegateUserResponseMessageType', isWhole: 'itself' },
  UpdateDelegate: { request: 'Mailbox=t:EmailAddressType DelegateUsers?=t:ArrayOfDelegateUserType DeliverMeetingRequests?=t:DeliverMeetingRequestsType', answer: 'ResponseMessages?=m:ArrayOfDelegateUserResponseMessageType', isWhole: 'itself' },
  RemoveDelegate: { request: 'Mailbox=t:EmailAddressType UserIds=t:ArrayOfUserIdType', answer: 'ResponseMessages?=m:ArrayOfDelegateUserResponseMessageType', isWhole: 'itself' },
  GetMailTips: { request: 'SendingAs=t:EmailAddressType Recipients=t:ArrayOfRecipientsType MailTipsRequested=t:MailTipTypes', answer: 'ResponseMessages?=m:ArrayOfMailTipsResponseMessageType', isWhole: 'itself' },
  GetRoomLists: { request: '', answer: 'RoomLists?=t:ArrayOfEmailAddressesType', isWhole: 'itself' },
  GetRooms: { request: 'RoomList=t:EmailAddressType', answer: 'Rooms?=t:ArrayOfRoomsType', isWhole: 'itself' },
  GetUserOofSettings: { requestElement: 'GetUserOofSettingsRequest', request: 't:Mailbox', answer: 'ResponseMessage=m:ResponseMessageType t:OofSettings? AllowExternalOof?=t:ExternalAudience', isWhole: 'plain' },
  SetUserOofSettings: { requestElement: 'SetUserOofSettingsRequest', request: 't:Mailbox t:UserOofSettings', answer: 'ResponseMessage=m:ResponseMessageType', isWhole: 'plain' },
  GetUserAvailability: {
    requestElement: 'GetUserAvailabilityRequest',
    request: 't:TimeZone? MailboxDataArray=t:ArrayOfMailboxData t:FreeBusyViewOptions? t:SuggestionsViewOptions?',
    answer: 'FreeBusyResponseArray?=m:ArrayOfFreeBusyResponse SuggestionsResponse?=m:SuggestionsResponseType',
    isWhole: 'plain',
  },
};

/** Local name of the request's element. */
export function requestElementOf(operation: string): string {
  return describedOperations[operation]?.requestElement ?? operation;
}

const shared: readonly (ComplexType | SimpleType)[] = [
  { kind: 'simple', name: 'ResponseCodeType', base: 'xs:string', pattern: 'NoError|Error[A-Za-z0-9]+' },
  { kind: 'simple', name: 'ResponseClassType', base: 'xs:string', values: ['Success', 'Warning', 'Error'] },
  complexType('MessageXmlType', '*'),
  complexType('ResponseMessageType', 'MessageText?=xs:string ResponseCode?=m:ResponseCodeType DescriptiveLinkKey?=xs:int MessageXml?=m:MessageXmlType @ResponseClass=m:ResponseClassType'),
  complexType('QueryStringType', '@ResetCache?=xs:boolean @ReturnHighlightTerms?=xs:boolean @ReturnDeletedItems?=xs:boolean', { text: 'xs:string' }),
  { kind: 'simple', name: 'ResolveNamesSearchScopeType', base: 'xs:string', values: ['ActiveDirectory', 'ActiveDirectoryContacts', 'Contacts', 'ContactsActiveDirectory'] },
  { kind: 'simple', name: 'ConnectionStatusType', base: 'xs:string', values: ['OK', 'Closed'] },
  complexType('NonEmptyArrayOfNotificationsType', 'Notification+=t:NotificationType'),
  complexType('NonEmptyArrayOfErrorSubscriptionIdsType', 'SubscriptionId+=xs:string'),
  complexType('DelegateUserResponseMessageType', 'DelegateUser?=t:DelegateUserType', { base: 'm:ResponseMessageType' }),
  complexType('ArrayOfDelegateUserResponseMessageType', 'DelegateUserResponseMessageType+=m:DelegateUserResponseMessageType'),
  complexType('MailTipsResponseMessageType', 'MailTips?=t:MailTips', { base: 'm:ResponseMessageType' }),
  complexType('ArrayOfMailTipsResponseMessageType', 'MailTipsResponseMessageType*=m:MailTipsResponseMessageType'),
  complexType('FreeBusyResponseType', 'ResponseMessage?=m:ResponseMessageType FreeBusyView?=t:FreeBusyView'),
  complexType('ArrayOfFreeBusyResponse', 'FreeBusyResponse*=m:FreeBusyResponseType'),
  complexType('SuggestionsResponseType', 'ResponseMessage?=m:ResponseMessageType SuggestionDayResultArray?=t:ArrayOfSuggestionDayResult'),
];

function typesOf([name, { request, answer, isWhole }]: [string, Described]): readonly ComplexType[] {
  const requestType = complexType(`${name}Type`, request);
  if (isWhole !== undefined) return [requestType, complexType(`${name}ResponseType`, answer, isWhole === 'itself' ? { base: 'm:ResponseMessageType' } : {})];
  return [
    requestType,
    complexType(`${name}ResponseMessageType`, answer, { base: 'm:ResponseMessageType' }),
    complexType(`ArrayOf${name}ResponseMessagesType`, `${name}ResponseMessage+=m:${name}ResponseMessageType`),
    complexType(`${name}ResponseType`, `ResponseMessages=m:ArrayOf${name}ResponseMessagesType`),
  ];
}

/** The messages schema: requests and answers of every operation. */
export const messagesSchema: Schema = {
  prefix: 'm',
  types: [...shared, ...Object.entries(describedOperations).flatMap(typesOf)],
  elements: Object.keys(describedOperations).flatMap((name) => [
    { name: requestElementOf(name), type: `m:${name}Type` as const },
    { name: `${name}Response`, type: `m:${name}ResponseType` as const },
  ]),
};
