import { HybridgeError } from '../../foundation/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import type { PropertyPath } from './items/property-path.ts';

/** The [MS-OXWSCDATA] ResponseCodeType values that are answered here, in faults and in response messages. */
export type EwsFaultCode =
  | 'ErrorAccessDenied'
  | 'ErrorAttachmentNestLevelLimitExceeded'
  | 'ErrorCalendarCannotUseIdForOccurrenceId'
  | 'ErrorCalendarCannotUseIdForRecurringMasterId'
  | 'ErrorCalendarEndDateIsEarlierThanStartDate'
  | 'ErrorCalendarInvalidRecurrence'
  | 'ErrorCalendarInvalidTimeZone'
  | 'ErrorCalendarIsCancelledForAccept'
  | 'ErrorCalendarIsCancelledForDecline'
  | 'ErrorCalendarIsCancelledForTentative'
  | 'ErrorCalendarIsNotOrganizer'
  | 'ErrorCalendarIsOrganizerForAccept'
  | 'ErrorCalendarIsOrganizerForDecline'
  | 'ErrorCalendarIsOrganizerForTentative'
  | 'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange'
  | 'ErrorCalendarOccurrenceIsDeletedFromRecurrence'
  | 'ErrorCalendarOutOfRange'
  | 'ErrorCalendarViewRangeTooBig'
  | 'ErrorCannotCreateCalendarItemInNonCalendarFolder'
  | 'ErrorCannotDeleteObject'
  | 'ErrorCannotUseFolderIdForItemId'
  | 'ErrorCannotUseItemIdForFolderId'
  | 'ErrorChangeKeyRequired'
  | 'ErrorCorruptData'
  | 'ErrorDelegateAlreadyExists'
  | 'ErrorDelegateCannotAddOwner'
  | 'ErrorDelegateNoUser'
  | 'ErrorDelegateValidationFailed'
  | 'ErrorDeleteDistinguishedFolder'
  | 'ErrorDuplicateSOAPHeader'
  | 'ErrorExceededConnectionCount'
  | 'ErrorExceededFindCountLimit'
  | 'ErrorExceededSubscriptionCount'
  | 'ErrorFolderExists'
  | 'ErrorFolderNotFound'
  | 'ErrorFolderSave'
  | 'ErrorImpersonateUserDenied'
  | 'ErrorIncorrectSchemaVersion'
  | 'ErrorInternalServerError'
  | 'ErrorInvalidArgument'
  | 'ErrorInvalidAttachmentId'
  | 'ErrorInvalidChangeKey'
  | 'ErrorInvalidExchangeImpersonationHeaderData'
  | 'ErrorInvalidExtendedProperty'
  | 'ErrorInvalidExtendedPropertyValue'
  | 'ErrorInvalidFolderId'
  | 'ErrorInvalidFractionalPagingParameters'
  | 'ErrorInvalidFreeBusyViewType'
  | 'ErrorInvalidId'
  | 'ErrorInvalidIdEmpty'
  | 'ErrorInvalidIdMalformed'
  | 'ErrorInvalidIndexedPagingParameters'
  | 'ErrorInvalidItemForOperationAcceptItem'
  | 'ErrorInvalidItemForOperationCreateItem'
  | 'ErrorInvalidItemForOperationCreateItemAttachment'
  | 'ErrorInvalidItemForOperationDeclineItem'
  | 'ErrorInvalidItemForOperationSendItem'
  | 'ErrorInvalidItemForOperationTentative'
  | 'ErrorInvalidMergedFreeBusyInterval'
  | 'ErrorInvalidOperation'
  | 'ErrorInvalidPermissionSettings'
  | 'ErrorInvalidPropertyAppend'
  | 'ErrorInvalidPropertyDelete'
  | 'ErrorInvalidPropertyRequest'
  | 'ErrorInvalidPropertySet'
  | 'ErrorInvalidPropertyUpdateSentMessage'
  | 'ErrorInvalidPullSubscriptionId'
  | 'ErrorInvalidRecipients'
  | 'ErrorInvalidReferenceItem'
  | 'ErrorInvalidRequest'
  | 'ErrorInvalidSendItemSaveSettings'
  | 'ErrorInvalidServerVersion'
  | 'ErrorInvalidSubscription'
  | 'ErrorInvalidSubscriptionRequest'
  | 'ErrorInvalidSyncStateData'
  | 'ErrorInvalidTimeInterval'
  | 'ErrorInvalidUserOofSettings'
  | 'ErrorInvalidUserSid'
  | 'ErrorInvalidValueForProperty'
  | 'ErrorInvalidWatermark'
  | 'ErrorIrresolvableConflict'
  | 'ErrorItemCorrupt'
  | 'ErrorItemNotFound'
  | 'ErrorItemSave'
  | 'ErrorMailRecipientNotFound'
  | 'ErrorMailboxDataArrayEmpty'
  | 'ErrorMailboxDataArrayTooBig'
  | 'ErrorMessageDispositionRequired'
  | 'ErrorMessageSizeExceeded'
  | 'ErrorMimeContentInvalid'
  | 'ErrorMimeContentInvalidBase64String'
  | 'ErrorMissedNotificationEvents'
  | 'ErrorMissingArgument'
  | 'ErrorMissingEmailAddress'
  | 'ErrorMissingRecipients'
  | 'ErrorMoveCopyFailed'
  | 'ErrorMoveDistinguishedFolder'
  | 'ErrorNameResolutionNoResults'
  | 'ErrorNewEventStreamConnectionOpened'
  | 'ErrorNonExistentMailbox'
  | 'ErrorNotDelegate'
  | 'ErrorObjectTypeChanged'
  | 'ErrorOccurrenceCrossingBoundary'
  | 'ErrorPropertyUpdate'
  | 'ErrorQuotaExceeded'
  | 'ErrorRecurrenceHasNoOccurrence'
  | 'ErrorRestrictionTooComplex'
  | 'ErrorRestrictionTooLong'
  | 'ErrorSchemaValidation'
  | 'ErrorSendAsDenied'
  | 'ErrorSendMeetingCancellationsRequired'
  | 'ErrorSendMeetingInvitationsOrCancellationsRequired'
  | 'ErrorSendMeetingInvitationsRequired'
  | 'ErrorServerBusy'
  | 'ErrorSubscriptionAccessDenied'
  | 'ErrorSubscriptionNotFound'
  | 'ErrorSubscriptionUnsubsribed'
  | 'ErrorTimeIntervalTooBig'
  | 'ErrorTimeZone'
  | 'ErrorUnsupportedPathForQuery'
  | 'ErrorUnsupportedPathForSortGroup'
  | 'ErrorUnsupportedTypeForConversion'
  | 'ErrorUpdatePropertyMismatch';

export interface SchemaViolation {
  line: number;
  column: number;
  violation: string;
}

export interface EwsFaultOptions {
  /** HTTP status of the answer. Default 500, with which EWS sends all its faults. */
  status?: number;
  violation?: SchemaViolation;
  /** Named values of MessageXml, such as BackOffMilliseconds. */
  values?: Readonly<Record<string, string>>;
  /** Writes the path of the property that is at fault into MessageXml. */
  path?: PropertyPath;
  cause?: unknown;
}

/** A request that is refused as a whole, with Microsoft's own code and text. It leaves as a SOAP fault. */
export class EwsFault extends HybridgeError<EwsFaultCode> {
  override readonly name = 'EwsFault';
  readonly status: number;
  readonly violation: SchemaViolation | undefined;
  readonly values: Readonly<Record<string, string>> | undefined;
  readonly path: PropertyPath | undefined;

  constructor(code: EwsFaultCode, message: string, options: EwsFaultOptions = {}) {
    super(code, message, { cause: options.cause, ...(options.violation === undefined ? {} : { facts: { ...options.violation } }) });
    this.status = options.status ?? 500;
    this.violation = options.violation;
    this.values = options.values;
    this.path = options.path;
  }
}

/** The request does not follow the published schema. The text has the published form: "The request failed schema validation: …". */
export function schemaViolation(element: XmlElement, violation: string): EwsFault {
  return new EwsFault('ErrorSchemaValidation', `The request failed schema validation: ${violation}`, {
    violation: { line: element.line, column: element.column, violation },
  });
}
