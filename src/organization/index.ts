/**
 * An organisation's data: its directory, its configuration objects, its mailboxes and its calendars, in one store. It answers what is
 * stored and what follows from it (occurrences of a series, who an address belongs to); it knows no protocol, and who
 * may see what is decided by its callers.
 */
export { OrganizationError } from './organization-error.ts';
export type { OrganizationErrorCode } from './organization-error.ts';
export { toLocal } from './calendars/time-zone.ts';
export type { Instant, LocalTime, TimeZone } from './calendars/time-zone.ts';
export { createTimeZone } from './calendars/create-time-zone.ts';
export { windowsTimeZoneId, windowsTimeZoneIds } from './calendars/windows-time-zone.ts';
export { fromSerializable, toSerializable } from './calendars/serializable-time-zone.ts';
export { fromTimeZoneDefinition, storedTimeZone } from './calendars/time-zone-definition.ts';
export type { TimeZoneDefinition, TimeZonePeriod, TimeZoneTransition } from './calendars/time-zone-definition.ts';
export type { SerializableTimeZone, SerializableTimeZoneTransition } from './calendars/serializable-time-zone.ts';
export type { DayOfWeek, DayOfWeekIndex, DayOfWeekOrGroup, Recurrence, RecurrencePattern, RecurrenceRange } from './calendars/recurrence.ts';
export type { CalendarItem, CalendarItemDetails, CalendarOccurrence, FreeBusyStatus, ModifiedOccurrence, NewCalendarItem, Sensitivity } from './calendars/calendar-item.ts';
export { expandItem, isSeries, zoneOf as timeZoneOfItem } from './calendars/expand-item.ts';
export type { TimeZoneObservance } from './calendars/observed-time-zone.ts';
export type { InstantWindow } from './calendars/expand-item.ts';
export type { Calendars } from './calendars/calendars.ts';
export type { CalendarProcessing } from './calendars/calendar-processing.ts';
export { guidsOfGroup } from './configuration/guids-of-group.ts';
export type { NewQueuedMessage, QueuedHop, QueuedMessage, QueuedRecipient, TransportQueue } from './transport-queue/transport-queue.ts';
export { meetingDeliveries } from './mail-settings/mail-settings.ts';
export type { Delegate, MailSettings, MailSettingsStore } from './mail-settings/mail-settings.ts';
export type { CalendarConfiguration } from './calendars/calendar-configuration.ts';
export type { CalendarAccessRights, CalendarPermission, FreeBusyAccess } from './calendars/calendar-permission.ts';
export { readICalendar } from './calendars/icalendar/read-icalendar.ts';
export type { ICalendarReading, ReadICalendarOptions } from './calendars/icalendar/read-icalendar.ts';
export { writeICalendar } from './calendars/icalendar/write-icalendar.ts';
export type { WriteICalendarOptions } from './calendars/icalendar/write-icalendar.ts';
export type { ICalendarRefusal } from './calendars/icalendar/icalendar-refusal.ts';
export type { Mailbox, Mailboxes } from './mailboxes/mailbox.ts';
export { distinguishedPropertySets, instanceTypeKey, occurrenceBodyKey, occurrenceCategoriesKey, occurrenceMeetingKey, occurrenceMeetingPrefix, propertyKey } from './mailboxes/property-definitions.ts';
export { occurrenceBag } from './mailboxes/occurrence-bag.ts';
export { readMailboxId } from './mailboxes/mailbox-id.ts';
export type { MailboxId } from './mailboxes/mailbox-id.ts';
export { calendarItemFromMime, calendarItemsFromFile } from './mailboxes/mime/calendar-item-from-mime.ts';
export { changesFromMime } from './mailboxes/mime/changes-from-mime.ts';
export { newItemFromMime } from './mailboxes/mime/new-item-from-mime.ts';
export { longestHead as longestMessageHead } from './mailboxes/mime/read-message.ts';
export { meetingMessageFromMime } from './mailboxes/mime/meeting-message-from-mime.ts';
export { meetingPart, withText } from './mailboxes/mime/meeting-part.ts';
export { textOfHtml } from './mailboxes/mime/text-of-html.ts';
export { writeMessage } from './mailboxes/mime/write-message.ts';
export type { CalendarPart, WrittenAttachment } from './mailboxes/mime/write-message.ts';
export { carryAttachments, copyOfAttachments, copyOfItem } from './mailboxes/copy-of-item.ts';
export { rangeOf } from './mailboxes/page.ts';
export { distinguishedFolderNames } from './mailboxes/folder.ts';
export type {
  DeleteType,
  DistinguishedFolderName,
  Folder,
  FolderChanges,
  FolderId,
  FolderPermission,
  FolderPermissionLevel,
  FolderQuery,
  FolderRef,
  FolderRights,
  Folders,
  NewFolder,
  Page,
  PageRequest,
  PermissionScope,
} from './mailboxes/folder.ts';
export type {
  AttachedItem,
  Attachment,
  AttachmentId,
  ConflictResolution,
  Item,
  ItemChanges,
  ItemContent,
  ItemId,
  ItemQuery,
  ItemRef,
  Items,
  MimeSource,
  NewAttachment,
  NewItem,
} from './mailboxes/item.ts';
export type { Attendee, EmailAddress, ExtendedPropertyPath, ItemBody, PropertyBag, PropertyKey, PropertyType, PropertyValue } from './mailboxes/property.ts';
export type { ComparisonOperator, ContainmentComparison, ContainmentMode, GroupBy, Restriction, RestrictionOperand, SortBy } from './mailboxes/restriction.ts';
export { groupValue } from './mailboxes/group-order.ts';
export type { Changes, FolderChange, ItemChange, Sync } from './mailboxes/sync.ts';
export type { MailboxEvent, MailboxEvents, MailboxEventType } from './mailboxes/mailbox-event.ts';
export { isAway } from './mailboxes/oof-settings.ts';
export type { OofSettings } from './mailboxes/oof-settings.ts';
export type { DictionaryObject, UserConfiguration, UserConfigurationData, UserConfigurations } from './mailboxes/user-configuration.ts';
export { isMailbox, recipientType } from './directory/recipient.ts';
export type { Recipient, RecipientTypeDetails } from './directory/recipient.ts';
export { changeRecipient, completeRecipient } from './directory/new-recipient.ts';
export type { NewRecipient, RecipientChanges } from './directory/new-recipient.ts';
export { addAddressUnchecked } from './directory/directory.ts';
export type { Directory, ListRecipients, SignInAccount } from './directory/directory.ts';
export type { PasswordCost } from './directory/password-hash.ts';
export { builtInRoleGroups } from './directory/role-group.ts';
export { addressKey, bareSmtpAddress, isSmtpAddress, isSmtpDomain, smtpDomainOf } from './smtp-address.ts';
export { hasWildCard, wildCardMatcher } from './wild-card.ts';
export type { Configuration, ConfigurationChange, Stored } from './configuration/configuration.ts';
export type { ConfigurationKindName, ConfigurationProperties, SingletonKindName } from './configuration/configuration-kinds.ts';
export { serverRights } from './configuration/kinds/ad-permission.ts';
export { hybridFeatures } from './configuration/kinds/hybrid-configuration.ts';
export { includedRecipients } from './configuration/kinds/email-address-policy.ts';
export { serverComponents } from './configuration/kinds/server-component-state.ts';
export type { DistributionGroup } from './configuration/kinds/distribution-group.ts';
export type { ManagementRoleAssignment } from './configuration/kinds/management-role-assignment.ts';
export type { AcceptedDomain } from './configuration/kinds/accepted-domain.ts';
export type { AuthConfig } from './configuration/kinds/auth-config.ts';
export type { AuthServer } from './configuration/kinds/auth-server.ts';
export type { AutodiscoverVirtualDirectory } from './configuration/kinds/autodiscover-virtual-directory.ts';
export type { AvailabilityAddressSpace } from './configuration/kinds/availability-address-space.ts';
export type { ExchangeCertificate } from './configuration/kinds/exchange-certificate.ts';
export type { ExchangeServer } from './configuration/kinds/exchange-server.ts';
export type { FederatedOrganizationIdentifier } from './configuration/kinds/federated-organization-identifier.ts';
export type { FederationTrust } from './configuration/kinds/federation-trust.ts';
export type { InboundConnector } from './configuration/kinds/inbound-connector.ts';
export type { IntraOrganizationConnector } from './configuration/kinds/intra-organization-connector.ts';
export { iisAuthenticationMethods } from './configuration/kinds/mapi-virtual-directory.ts';
export type { MapiVirtualDirectory } from './configuration/kinds/mapi-virtual-directory.ts';
export type { OabVirtualDirectory } from './configuration/kinds/oab-virtual-directory.ts';
export type { OrganizationConfig } from './configuration/kinds/organization-config.ts';
export type { OrganizationRelationship } from './configuration/kinds/organization-relationship.ts';
export type { PartnerApplication } from './configuration/kinds/partner-application.ts';
export type { VirtualDirectory } from './configuration/kinds/virtual-directory.ts';
export type { WebServicesVirtualDirectory } from './configuration/kinds/web-services-virtual-directory.ts';
export { openOrganization } from './open-organization.ts';
export type { OpenOrganizationOptions, Organization, OrganizationSchema } from './open-organization.ts';
export type { Audit, AuditEntry, AuditQuery, NewAuditEntry } from './audit/audit.ts';
