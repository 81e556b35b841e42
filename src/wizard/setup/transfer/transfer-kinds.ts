import type { Observed } from '../../observed.ts';
import { textOf } from '../../observed.ts';

/** A kind of object that Organization Configuration Transfer copies from on premises to the cloud. */
export interface TransferKind {
  /** The noun of its cmdlets. */
  noun: string;
  /** What people call it. */
  title: string;
  /** What is copied. */
  properties: readonly string[];
  /** Those of them that the New- cmdlet takes; the others are set afterwards. */
  onNew: readonly string[];
  /** There is one such object, without a name, on each side. */
  isSingle?: true;
  /** Objects that are not copied. */
  isLeft?: (object: Observed) => boolean;
}

/**
 * The published list as far as its cmdlets are alike on both sides (Microsoft, "Hybrid Organization Configuration
 * Transfer"). Where an organisation does not have the cmdlets, the kind has no counterpart there, and that is said.
 */
export const transferKinds: readonly TransferKind[] = [
  {
    noun: 'RetentionPolicyTag',
    title: 'retention policy tags',
    properties: ['Type', 'AgeLimitForRetention', 'RetentionAction', 'RetentionEnabled', 'MessageClass', 'Comment'],
    onNew: ['Type', 'AgeLimitForRetention', 'RetentionAction', 'RetentionEnabled', 'MessageClass', 'Comment'],
  },
  { noun: 'RetentionPolicy', title: 'retention policies', properties: ['RetentionPolicyTagLinks'], onNew: ['RetentionPolicyTagLinks'] },
  {
    noun: 'OwaMailboxPolicy',
    title: 'Outlook on the web mailbox policies',
    properties: ['ActiveSyncIntegrationEnabled', 'AllAddressListsEnabled', 'CalendarEnabled', 'ChangePasswordEnabled', 'ContactsEnabled', 'DirectFileAccessOnPublicComputersEnabled', 'DirectFileAccessOnPrivateComputersEnabled', 'InstantMessagingEnabled', 'JunkEmailEnabled', 'NotesEnabled', 'OWALightEnabled', 'RemindersAndNotificationsEnabled', 'RulesEnabled', 'SignaturesEnabled', 'TasksEnabled', 'ThemeSelectionEnabled', 'UMIntegrationEnabled'],
    onNew: [],
  },
  {
    noun: 'MobileDeviceMailboxPolicy',
    title: 'mobile device mailbox policies',
    properties: ['AllowNonProvisionableDevices', 'AlphanumericPasswordRequired', 'AllowSimplePassword', 'AttachmentsEnabled', 'DeviceEncryptionEnabled', 'MaxInactivityTimeLock', 'MaxPasswordFailedAttempts', 'MinPasswordLength', 'PasswordEnabled', 'PasswordExpiration', 'PasswordHistory', 'PasswordRecoveryEnabled', 'RequireStorageCardEncryption'],
    onNew: ['AllowNonProvisionableDevices', 'AlphanumericPasswordRequired', 'AllowSimplePassword', 'AttachmentsEnabled', 'DeviceEncryptionEnabled', 'MaxInactivityTimeLock', 'MaxPasswordFailedAttempts', 'MinPasswordLength', 'PasswordEnabled', 'PasswordExpiration', 'PasswordHistory', 'PasswordRecoveryEnabled', 'RequireStorageCardEncryption'],
  },
  { noun: 'SharingPolicy', title: 'sharing policies', properties: ['Domains', 'Enabled'], onNew: ['Domains', 'Enabled'] },
  {
    noun: 'RemoteDomain',
    title: 'remote domains',
    properties: ['DomainName', 'AllowedOOFType', 'AutoForwardEnabled', 'AutoReplyEnabled', 'DeliveryReportEnabled', 'NDREnabled', 'TNEFEnabled'],
    onNew: ['DomainName'],
    // The wizard's own belong to one side.
    isLeft: (domain) => /^Hybrid Domain - /i.test(textOf(domain, 'Name')),
  },
  { noun: 'OrganizationConfig', title: 'organisation settings', properties: ['EwsEnabled', 'EwsApplicationAccessPolicy', 'EwsAllowList', 'EwsBlockList'], onNew: [], isSingle: true },
];
