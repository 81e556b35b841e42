import { errorCode } from '../../../foundation/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { EwsFaultCode } from '../../codec/ews-fault.ts';

/** The published code and text for what a mailbox refuses (EWS reference, ResponseCode; texts as Exchange 2016 gives them, as far as known). */
const answers: Readonly<Record<string, readonly [EwsFaultCode, string]>> = {
  ORGANIZATION_FOLDER_NOT_FOUND: ['ErrorFolderNotFound', 'The specified folder could not be found in the store.'],
  ORGANIZATION_ITEM_NOT_FOUND: ['ErrorItemNotFound', 'The specified object was not found in the store.'],
  ORGANIZATION_ATTACHMENT_NOT_FOUND: ['ErrorItemNotFound', 'The specified object was not found in the store.'],
  ORGANIZATION_NESTED_ATTACHMENT: ['ErrorCannotDeleteObject', 'What is attached to an attached item cannot be deleted by itself.'],
  ORGANIZATION_MALFORMED_ID: ['ErrorInvalidIdMalformed', 'Id is malformed.'],
  ORGANIZATION_CHANGE_CONFLICT: ['ErrorIrresolvableConflict', 'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.'],
  ORGANIZATION_FOLDER_EXISTS: ['ErrorFolderExists', 'A folder with the specified name already exists.'],
  ORGANIZATION_DISTINGUISHED_FOLDER: ['ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.'],
  ORGANIZATION_INVALID_FOLDER: ['ErrorFolderSave', 'Folder save failed due to invalid property values.'],
  ORGANIZATION_INVALID_FOLDER_PERMISSION: ['ErrorInvalidPermissionSettings', 'Permission settings are invalid.'],
  ORGANIZATION_INVALID_RESTRICTION: ['ErrorRestrictionTooComplex', 'The restriction or sort order is too complex for this operation.'],
  ORGANIZATION_FOLDER_CYCLE: ['ErrorMoveCopyFailed', 'The move or copy operation failed.'],
  ORGANIZATION_SYNC_STATE: ['ErrorInvalidSyncStateData', 'Synchronization state data is corrupt or otherwise invalid.'],
  ORGANIZATION_WATERMARK: ['ErrorInvalidWatermark', 'The watermark is invalid.'],
  ORGANIZATION_MAILBOX_FULL: ['ErrorQuotaExceeded', 'The mailbox has exceeded its storage quota.'],
  ORGANIZATION_ITEM_TOO_LARGE: ['ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.'],
  ORGANIZATION_INVALID_RECURRENCE: ['ErrorCalendarInvalidRecurrence', 'The specified recurrence cannot be created.'],
  ORGANIZATION_INVALID_CALENDAR_ITEM: ['ErrorPropertyUpdate', 'The calendar item is not valid.'],
  ORGANIZATION_UNKNOWN_TIME_ZONE: ['ErrorCalendarInvalidTimeZone', 'The time zone is invalid.'],
  ORGANIZATION_INVALID_TIME_ZONE: ['ErrorCalendarInvalidTimeZone', 'The time zone is invalid.'],
  ORGANIZATION_INVALID_OOF_SETTINGS: ['ErrorInvalidUserOofSettings', 'The Out of Office settings are invalid.'],
  ORGANIZATION_INVALID_PROPERTY: ['ErrorInvalidValueForProperty', 'The specified value is invalid for property.'],
  ORGANIZATION_TOO_MANY_OCCURRENCES: ['ErrorCalendarViewRangeTooBig', 'The specified time range holds more items than an answer may. Ask for a shorter time.'],
};

/** What is answered for an error of a mailbox; undefined for one that is a failure inside. */
export function asMailboxFault(error: unknown): EwsFault | undefined {
  if (error instanceof EwsFault) return error;
  const answer = answers[errorCode(error) ?? ''];
  if (answer === undefined) return undefined;
  const [code, text] = answer;
  const isExplained = code === 'ErrorPropertyUpdate' || code === 'ErrorCalendarInvalidRecurrence';
  return new EwsFault(code, isExplained && error instanceof Error ? `${text} ${error.message}` : text, { cause: error });
}
