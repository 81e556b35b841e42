import type { AvailabilityFailure } from '../ews/index.ts';

interface FailureKind {
  /** EWS ResponseCodeType. */
  responseCode: string;
  /** Short name of the exception, as MessageXml carries it. */
  exceptionType?: string;
  /** Namespace of the exception in MessageText. */
  exceptionNamespace?: string;
  exceptionCode?: number;
  /** Location id that closes the published text. */
  lid?: number;
}

const availability = 'Microsoft.Exchange.InfoWorker.Common.Availability';

/**
 * Every way in which one mailbox's lookup can fail, by our own stable name, which logs carry. Response codes, exception
 * names and location ids are the published ones; where no publication ties one to a kind it is left out or said to be
 * *unverified*. LIDs: Microsoft, "Resolve free/busy errors". Exception codes: 5009 and 5035 from published captures of
 * answers, 5037 from Outlook on the web.
 */
const failureKinds = {
  AVAILABILITY_INVALID_ADDRESS: {
    responseCode: 'ErrorInvalidSmtpAddress',
    exceptionType: 'InvalidSmtpAddressException',
    exceptionNamespace: availability,
    exceptionCode: 5035,
  },
  AVAILABILITY_RECIPIENT_NOT_FOUND: {
    responseCode: 'ErrorMailRecipientNotFound',
    exceptionType: 'MailRecipientNotFoundException',
    exceptionNamespace: availability,
    exceptionCode: 5009,
    lid: 57660,
  },
  AVAILABILITY_NO_CONFIGURATION: {
    responseCode: 'ErrorAddressSpaceNotFound',
    exceptionType: 'AddressSpaceNotFoundException',
    exceptionNamespace: availability,
    lid: 47932,
  },
  /** The calendar grants nothing. Which of the three published LIDs belongs to which refusal is *unverified*. */
  AVAILABILITY_CALENDAR_ACCESS: {
    responseCode: 'ErrorNoFreeBusyAccess',
    exceptionType: 'NoFreeBusyAccessException',
    exceptionNamespace: availability,
    exceptionCode: 5037,
    lid: 47652,
  },
  /** The organisation relationship of the requester's domain grants nothing. */
  AVAILABILITY_RELATIONSHIP_ACCESS: {
    responseCode: 'ErrorNoFreeBusyAccess',
    exceptionType: 'NoFreeBusyAccessException',
    exceptionNamespace: availability,
    exceptionCode: 5037,
    lid: 44348,
  },
  AVAILABILITY_GROUP_TOO_LARGE: {
    responseCode: 'ErrorFreeBusyDLLimitReached',
    exceptionType: 'FreeBusyDLLimitReachedException',
    exceptionNamespace: availability,
  },
  AVAILABILITY_TOO_MANY_ENTRIES: {
    responseCode: 'ErrorResultSetTooBig',
    exceptionType: 'ResultSetTooBigException',
    exceptionNamespace: availability,
    lid: 54796,
  },
  /** The response code is *unverified*; the exception and its text are published. */
  AVAILABILITY_WORKING_HOURS: {
    responseCode: 'ErrorInvalidParameter',
    exceptionType: 'InvalidParameterException',
    exceptionNamespace: 'Microsoft.Exchange.InfoWorker.Common',
  },
  /** The published exception name has no `Exception` at its end. */
  AVAILABILITY_FOREIGN_REQUESTER: {
    responseCode: 'ErrorProxyRequestNotAllowed',
    exceptionType: 'CrossOrganizationProxyNotAllowedForExternalOrganization',
    exceptionNamespace: availability,
    lid: 39660,
  },
  AVAILABILITY_TIMEOUT: { responseCode: 'ErrorTimeoutExpired', exceptionType: 'TimeoutExpiredException', exceptionNamespace: availability, lid: 43404 },
  /** The EWS request got no usable HTTP answer. */
  AVAILABILITY_PROXY_HTTP: {
    responseCode: 'ErrorProxyRequestProcessingFailed',
    exceptionType: 'ProxyWebRequestProcessingException',
    exceptionNamespace: availability,
    lid: 43532,
  },
  /** The EWS request was answered by a SOAP fault. */
  AVAILABILITY_PROXY_FAULT: {
    responseCode: 'ErrorProxyRequestProcessingFailed',
    exceptionType: 'ProxyWebRequestProcessingException',
    exceptionNamespace: availability,
    lid: 59916,
  },
  AVAILABILITY_AUTODISCOVER: { responseCode: 'ErrorAutoDiscoverFailed', exceptionType: 'AutoDiscoverFailedException', exceptionNamespace: availability },
  /** Autodiscover answered, with an error about the user or the setting. */
  AVAILABILITY_AUTODISCOVER_USER: {
    responseCode: 'ErrorAutoDiscoverFailed',
    exceptionType: 'AutoDiscoverFailedException',
    exceptionNamespace: availability,
    lid: 33676,
  },
  /** The gateway refused the token. Published with one of the refusals; that it goes with all of them is *unverified*. */
  AVAILABILITY_DELEGATION_REFUSED: { responseCode: 'ErrorWin32InteropError', exceptionType: 'Win32InteropException', exceptionNamespace: availability },
  /** No token was to be had. The response code is *unverified*; the text is published. */
  AVAILABILITY_DELEGATION_UNAVAILABLE: { responseCode: 'ErrorProxyRequestProcessingFailed', exceptionType: 'ProxyWebRequestProcessingException', exceptionNamespace: availability },
  /** Ours: what cannot be done is said plainly and under no published exception's name. */
  AVAILABILITY_ACCESS_METHOD: { responseCode: 'ErrorProxyRequestNotAllowed' },
  /** The response code is published; which exception goes with it is *unverified*, so none is named. */
  AVAILABILITY_ADDRESS_SPACE_CREDENTIALS: { responseCode: 'ErrorInvalidCrossForestCredentials' },
  /** The calendar is elsewhere and cannot be read. The response code is published; which exception goes with it is *unverified*. */
  AVAILABILITY_CALENDAR_SOURCE: { responseCode: 'ErrorFreeBusyGenerationFailed' },
  AVAILABILITY_TOO_MANY_MAILBOXES: { responseCode: 'ErrorMailboxDataArrayTooBig' },
  AVAILABILITY_WINDOW_TOO_LONG: { responseCode: 'ErrorTimeIntervalTooBig' },
  AVAILABILITY_WINDOW_INVALID: { responseCode: 'ErrorInvalidTimeInterval' },
  AVAILABILITY_INTERVAL_INVALID: { responseCode: 'ErrorInvalidMergedFreeBusyInterval' },
  AVAILABILITY_INTERNAL: { responseCode: 'ErrorInternalServerError' },
} as const satisfies Readonly<Record<string, FailureKind>>;

/** Our own stable name of a per-mailbox failure. */
export type AvailabilityFailureCode = keyof typeof failureKinds;

/** A failure about one mailbox before it is written as an answer. */
export interface MailboxFailure {
  code: AvailabilityFailureCode;
  /** The text without server name and location id. */
  message: string;
}

/**
 * Writes a failure as Exchange does: exception, message, the server it comes from, and the location id, in this order
 * and punctuation (published captures of `ErrorMailRecipientNotFound`).
 */
export function publishedFailure({ code, message }: MailboxFailure, serverName: string): AvailabilityFailure {
  const kind: FailureKind = failureKinds[code];
  const type = kind.exceptionType === undefined ? '' : `${kind.exceptionNamespace}.${kind.exceptionType}: `;
  const lid = kind.lid === undefined ? '' : `. LID: ${kind.lid}`;
  return {
    responseCode: kind.responseCode,
    messageText: `${type}${message}\r\n. Name of the server where exception originated: ${serverName}${lid}`,
    ...(kind.exceptionType === undefined ? {} : { exceptionType: kind.exceptionType }),
    ...(kind.exceptionCode === undefined ? {} : { exceptionCode: kind.exceptionCode }),
    exceptionServerName: serverName,
  };
}
