/**
 * Exchange Web Services on the wire: the GetUserAvailability operation and SOAP Autodiscover, as server and as client, and
 * as server the operations on folders, items and attachments of an organisation's mailboxes (docs/ews.md lists them), and
 * the WSDL document and schemas that describe them.
 * It turns bytes into typed requests and answers, and refuses with Microsoft's published codes. What a mailbox holds, free/busy
 * routing and sign-in belong to its callers.
 */
export { createEwsService } from './server/ews-service.ts';
export { ewsOperationNames } from './server/ews-operation-names.ts';
export type { EwsRequest, EwsService, EwsServiceOptions, SoapAnswer, SoapRequest } from './server/ews-service.ts';
export type { MailboxServices } from './server/mailbox/mailbox-services.ts';
export { isServiceDocument, serviceDocument } from './schema/service-description.ts';
export type { ServiceDocumentName } from './schema/service-description.ts';
export { ewsFaultAnswer } from './server/ews-fault-answer.ts';
export type { LookUpFreeBusy, RequestContext, Requester } from './server/requester.ts';
export type { AvailabilityLimits } from './codec/check-availability-request.ts';
export type { ServerVersion } from './codec/server-version.ts';
export type { EwsFaultCode } from './codec/ews-fault.ts';
export { readServerTiming } from './codec/server-timing.ts';
export type { TimedLookupPath } from './codec/server-timing.ts';
export { getUserAvailability } from './client/get-user-availability.ts';
export type { AvailabilityAnswer } from './client/get-user-availability.ts';
export type { AnswerTransport, EwsClient } from './client/post-soap.ts';
export { EwsClientError } from './client/ews-client-error.ts';
export type { EwsClientErrorCode } from './client/ews-client-error.ts';
export { getPoxSettings } from './autodiscover/autodiscover-pox-client.ts';
export type { PoxSettingsAnswer } from './autodiscover/autodiscover-pox-client.ts';
export { createAutodiscoverService } from './autodiscover/autodiscover-service.ts';
export type { AutodiscoverHttpRequest, AutodiscoverService, AutodiscoverServiceOptions } from './autodiscover/autodiscover-service.ts';
export { createPoxAutodiscoverService } from './autodiscover/pox-autodiscover-service.ts';
export type { PoxAutodiscoverService } from './autodiscover/pox-autodiscover-service.ts';
export { getFederationInformation, getOrganizationRelationshipSettings, getUserSettings } from './autodiscover/autodiscover-client.ts';
export type { FederationInformationAnswer, UserSettingsAnswer } from './autodiscover/autodiscover-client.ts';
export type { AutodiscoverErrorCode, AutodiscoverUrls, FederationInformation, OrganizationRelationshipSettings, TokenIssuer, UserSettingError, UserSettings } from './autodiscover/autodiscover-types.ts';
export type {
  AttendeeConflict,
  AttendeeType,
  AvailabilityFailure,
  AvailabilityRequest,
  AvailabilityResponse,
  CalendarEvent,
  CalendarEventDetails,
  FreeBusyOutcome,
  FreeBusyView,
  FreeBusyViewOptions,
  FreeBusyViewType,
  LookupPath,
  MailboxData,
  SerializableTimeZone,
  SerializableTimeZoneTransition,
  Suggestion,
  SuggestionDay,
  SuggestionQuality,
  SuggestionsOutcome,
  SuggestionsViewOptions,
  TimeWindow,
  WorkingHours,
  WorkingPeriod,
} from './codec/availability-types.ts';
