import { choiceOf, complexType, enumeration } from './schema-notation.ts';
import type { ComplexType, SimpleType } from './schema-notation.ts';

const path = choiceOf('t:FieldURI t:IndexedFieldURI t:ExtendedFieldURI');
const comparisons = ['IsEqualTo', 'IsNotEqualTo', 'IsGreaterThan', 'IsGreaterThanOrEqualTo', 'IsLessThan', 'IsLessThanOrEqualTo'];
const expressions = `And=t:MultipleOperandBooleanExpressionType Or=t:MultipleOperandBooleanExpressionType Not=t:NotType Exists=t:ExistsType Excludes=t:ExcludesType Contains=t:ContainsExpressionType ${comparisons.map((name) => `${name}=t:TwoOperandExpressionType`).join(' ')}`;
const event = ['Copied', 'Moved', 'Modified', 'Created', 'Deleted', 'NewMail', 'FreeBusyChanged', 'Status'];
const eventTypeOf = (name: string): string => {
  if (name === 'Copied' || name === 'Moved') return 't:MovedCopiedEventType';
  if (name === 'Modified') return 't:ModifiedEventType';
  return name === 'Status' ? 't:BaseNotificationEventType' : 't:BaseObjectChangedEventType';
};
const paging = '@IndexedPagingOffset?=xs:int @NumeratorOffset?=xs:int @AbsoluteDenominator?=xs:int @IncludesLastItemInRange?=xs:boolean @TotalItemsInView?=xs:int';

/** Shapes, views, restrictions, notifications, configurations of a mailbox. */
export const searchTypes: readonly (ComplexType | SimpleType)[] = [
  enumeration('DefaultShapeNamesType', ['IdOnly', 'Default', 'AllProperties', 'PcxPeopleSearch']),
  enumeration('BodyTypeResponseType', ['Best', 'HTML', 'Text']),
  { kind: 'simple', name: 'BodySizeType', base: 'xs:int', minimum: 0 },
  complexType(
    'ItemResponseShapeType',
    'BaseShape=t:DefaultShapeNamesType IncludeMimeContent?=xs:boolean BodyType?=t:BodyTypeResponseType UniqueBodyType?=t:BodyTypeResponseType NormalizedBodyType?=t:BodyTypeResponseType FilterHtmlContent?=xs:boolean ConvertHtmlCodePageToUTF8?=xs:boolean InlineImageUrlTemplate?=xs:string BlockExternalImages?=xs:boolean AddBlankTargetToLinks?=xs:boolean MaximumBodySize?=t:BodySizeType AdditionalProperties?=t:NonEmptyArrayOfPathsToElementType',
  ),
  complexType('FolderResponseShapeType', 'BaseShape=t:DefaultShapeNamesType AdditionalProperties?=t:NonEmptyArrayOfPathsToElementType'),
  complexType('AttachmentResponseShapeType', 'IncludeMimeContent?=xs:boolean BodyType?=t:BodyTypeResponseType FilterHtmlContent?=xs:boolean AdditionalProperties?=t:NonEmptyArrayOfPathsToElementType'),
  enumeration('ItemQueryTraversalType', ['Shallow', 'SoftDeleted', 'Associated']),
  enumeration('FolderQueryTraversalType', ['Shallow', 'Deep', 'SoftDeleted']),
  { kind: 'simple', name: 'MaxEntriesReturnedType', base: 'xs:int', minimum: 1 },
  enumeration('IndexBasePointType', ['Beginning', 'End']),
  complexType('IndexedPageViewType', '@MaxEntriesReturned?=t:MaxEntriesReturnedType @Offset=xs:int @BasePoint=t:IndexBasePointType'),
  complexType('FractionalPageViewType', '@MaxEntriesReturned?=t:MaxEntriesReturnedType @Numerator=xs:int @Denominator=xs:int'),
  complexType('SeekToConditionPageViewType', 'Condition=t:RestrictionType @MaxEntriesReturned?=t:MaxEntriesReturnedType @BasePoint=t:IndexBasePointType'),
  complexType('CalendarViewType', '@MaxEntriesReturned?=t:MaxEntriesReturnedType @StartDate=xs:dateTime @EndDate=xs:dateTime'),
  complexType('FindItemParentType', `( Items=t:ArrayOfRealItemsType | Groups=t:ArrayOfGroupedItemsType ) ${paging}`),
  complexType('ArrayOfGroupedItemsType', 'GroupedItems*=t:GroupedItemsType'),
  complexType('GroupedItemsType', 'GroupIndex=xs:string Items=t:ArrayOfRealItemsType'),
  enumeration('AggregateType', ['Minimum', 'Maximum']),
  complexType('AggregateOnType', `${path} @Aggregate=t:AggregateType`),
  complexType('GroupByType', `${path} AggregateOn=t:AggregateOnType @Order=t:SortDirectionType`),
  enumeration('StandardGroupByType', ['ConversationTopic']),
  complexType('DistinguishedGroupByType', 'StandardGroupBy=t:StandardGroupByType @Order=t:SortDirectionType'),
  complexType('FindFolderParentType', `Folders=t:ArrayOfFoldersType ${paging}`),
  complexType('RestrictionType', choiceOf(expressions)),
  complexType('MultipleOperandBooleanExpressionType', choiceOf(expressions, '+')),
  complexType('NotType', choiceOf(expressions)),
  complexType('ExistsType', path),
  { kind: 'simple', name: 'ExcludesAttributeType', base: 'xs:string', pattern: '0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,9}' },
  complexType('ExcludesValueType', '@Value=t:ExcludesAttributeType'),
  complexType('ExcludesType', `${path} Bitmask=t:ExcludesValueType`),
  complexType('ConstantValueType', '@Value=xs:string'),
  enumeration('ContainmentModeType', ['FullString', 'Prefixed', 'Substring', 'PrefixOnWords', 'ExactPhrase']),
  enumeration('ContainmentComparisonType', ['Exact', 'IgnoreCase', 'IgnoreNonSpacingCharacters', 'Loose', 'IgnoreCaseAndNonSpacingCharacters', 'LooseAndIgnoreCase', 'LooseAndIgnoreNonSpace', 'LooseAndIgnoreCaseAndIgnoreNonSpace']),
  complexType('ContainsExpressionType', `${path} Constant=t:ConstantValueType @ContainmentMode?=t:ContainmentModeType @ContainmentComparison?=t:ContainmentComparisonType`),
  complexType('FieldURIOrConstantType', '( Constant=t:ConstantValueType | t:FieldURI | t:IndexedFieldURI | t:ExtendedFieldURI )'),
  complexType('TwoOperandExpressionType', `${path} FieldURIOrConstant=t:FieldURIOrConstantType`),
  enumeration('SortDirectionType', ['Ascending', 'Descending']),
  complexType('FieldOrderType', `${path} @Order=t:SortDirectionType`),
  complexType('NonEmptyArrayOfFieldOrdersType', 'FieldOrder*=t:FieldOrderType'),

  enumeration('NotificationEventTypeType', event.slice(0, -1).map((name) => `${name}Event`)),
  complexType('NonEmptyArrayOfNotificationEventTypesType', 'EventType+=t:NotificationEventTypeType'),
  { kind: 'simple', name: 'SubscriptionTimeoutType', base: 'xs:int', minimum: 1, maximum: 1440 },
  { kind: 'simple', name: 'StreamingSubscriptionConnectionTimeoutType', base: 'xs:int', minimum: 1, maximum: 30 },
  complexType('BaseSubscriptionRequestType', 'FolderIds?=t:NonEmptyArrayOfBaseFolderIdsType EventTypes=t:NonEmptyArrayOfNotificationEventTypesType @SubscribeToAllFolders?=xs:boolean', { isAbstract: true }),
  complexType('PullSubscriptionRequestType', 'Watermark?=xs:string Timeout=t:SubscriptionTimeoutType', { base: 't:BaseSubscriptionRequestType' }),
  complexType('StreamingSubscriptionRequestType', '', { base: 't:BaseSubscriptionRequestType' }),
  complexType('NonEmptyArrayOfSubscriptionIdsType', 'SubscriptionId+=xs:string'),
  complexType('BaseNotificationEventType', 'Watermark?=xs:string'),
  complexType('BaseObjectChangedEventType', 'TimeStamp=xs:dateTime ( FolderId=t:FolderIdType | ItemId=t:ItemIdType ) ParentFolderId=t:FolderIdType', { base: 't:BaseNotificationEventType' }),
  complexType('MovedCopiedEventType', '( OldFolderId=t:FolderIdType | OldItemId=t:ItemIdType ) OldParentFolderId=t:FolderIdType', { base: 't:BaseObjectChangedEventType' }),
  complexType('ModifiedEventType', 'UnreadCount?=xs:int', { base: 't:BaseObjectChangedEventType' }),
  complexType('NotificationType', `SubscriptionId=xs:string PreviousWatermark?=xs:string MoreEvents?=xs:boolean ${choiceOf(event.map((name) => `${name}Event=${eventTypeOf(name)}`).join(' '), '+')}`),

  complexType('UserConfigurationNameType', '@Name=xs:string', { base: 't:TargetFolderIdType' }),
  { kind: 'simple', name: 'UserConfigurationPropertyType', base: 'xs:string', listOf: 't:UserConfigurationPropertyNameType' },
  enumeration('UserConfigurationPropertyNameType', ['Id', 'Dictionary', 'XmlData', 'BinaryData', 'All']),
  complexType('UserConfigurationDictionaryObjectType', 'Type=xs:string Value*=xs:string'),
  complexType('UserConfigurationDictionaryEntryType', 'DictionaryKey=t:UserConfigurationDictionaryObjectType DictionaryValue?=t:UserConfigurationDictionaryObjectType'),
  complexType('UserConfigurationDictionaryType', 'DictionaryEntry*=t:UserConfigurationDictionaryEntryType'),
  complexType('UserConfigurationType', 'UserConfigurationName=t:UserConfigurationNameType ItemId?=t:ItemIdType Dictionary?=t:UserConfigurationDictionaryType XmlData?=xs:base64Binary BinaryData?=xs:base64Binary'),
];
