import type { EvidenceObject } from '../evidence-types.ts';
import { propertyText } from '../text/property-text.ts';

/** A setting in a cmdlet's output that leads to a failure. */
export interface SettingRule {
  /** Causes of the catalogue. The one whose failure is seen is named; the first where none is. */
  causes: readonly string[];
  /** Good for nothing by itself: it may be so on purpose. It counts where its failure is seen. */
  isOnlyProofOfWhatIsSeen?: boolean;
  /** The property that shows it. */
  property: string;
  /** One sentence with the values; nothing where the setting is well. */
  fault(properties: EvidenceObject['properties']): string | undefined;
}

type Properties = EvidenceObject['properties'];

const has = (properties: Properties, ...names: readonly string[]): boolean => names.every((name) => Object.hasOwn(properties, name));
const isFalse = (value: unknown): boolean => value === false || value === 'False' || value === 'false';
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const nameOf = (properties: Properties): string => propertyText(properties['Identity']) || propertyText(properties['Name']) || 'the object';

/** What Get-… shows of objects, told by the properties that only they have. */
export const settingRules: readonly SettingRule[] = [
  {
    causes: ['fb10-oauth-off', 'h2-oauth-off'],
    property: 'OAuthAuthentication',
    // Other virtual directories have it off by default.
    fault: (o) => (has(o, 'OAuthAuthentication') && /\b(?:ews|autodiscover|oab)\b/i.test(nameOf(o)) && isFalse(o['OAuthAuthentication']) ? `OAuthAuthentication is False on ${nameOf(o)}.` : undefined),
  },
  {
    causes: ['fb10-wssecurity-off'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'WSSecurityAuthentication',
    fault: (o) => (has(o, 'WSSecurityAuthentication') && isFalse(o['WSSecurityAuthentication']) ? `WSSecurityAuthentication is False on ${nameOf(o)}.` : undefined),
  },
  {
    causes: ['a1-mrsproxy-off'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'MRSProxyEnabled',
    fault: (o) => (has(o, 'MRSProxyEnabled') && isFalse(o['MRSProxyEnabled']) ? `MRSProxyEnabled is False on ${nameOf(o)}.` : undefined),
  },
  {
    causes: ['h3-profile-off'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'OAuth2ClientProfileEnabled',
    fault: (o) => (has(o, 'OAuth2ClientProfileEnabled') && isFalse(o['OAuth2ClientProfileEnabled']) ? 'OAuth2ClientProfileEnabled of the organisation is False.' : undefined),
  },
  {
    causes: ['h2-no-default'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'IsDefaultAuthorizationEndpoint',
    fault: (o) => (has(o, 'IsDefaultAuthorizationEndpoint', 'TokenIssuingEndpoint') && /evosts/i.test(nameOf(o)) && isFalse(o['IsDefaultAuthorizationEndpoint']) ? `IsDefaultAuthorizationEndpoint is False on ${nameOf(o)}.` : undefined),
  },
  {
    causes: ['fb18-no-linked-account'],
    property: 'LinkedAccount',
    fault: (o) => (has(o, 'LinkedAccount', 'ApplicationIdentifier') && /exchange online/i.test(nameOf(o)) && isEmpty(o['LinkedAccount']) ? `Partner application ${nameOf(o)} has no LinkedAccount.` : undefined),
  },
  {
    causes: ['fb9-disabled', 'w1-connectors-disabled'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'Enabled',
    fault: (o) => (has(o, 'TargetAddressDomains', 'DiscoveryEndpoint', 'Enabled') && isFalse(o['Enabled']) ? `Connector ${nameOf(o)} for ${propertyText(o['TargetAddressDomains'])} is disabled.` : undefined),
  },
  {
    causes: ['fb9-disabled'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'FreeBusyAccessEnabled',
    fault: (o) => (has(o, 'FreeBusyAccessEnabled', 'DomainNames') && (isFalse(o['FreeBusyAccessEnabled']) || isFalse(o['Enabled'])) ? `Relationship ${nameOf(o)} for ${propertyText(o['DomainNames'])}: Enabled ${propertyText(o['Enabled'])}, FreeBusyAccessEnabled ${propertyText(o['FreeBusyAccessEnabled'])}.` : undefined),
  },
  {
    causes: ['fb12-relationship-level'],
    property: 'FreeBusyAccessLevel',
    fault: (o) => (has(o, 'FreeBusyAccessLevel', 'FreeBusyAccessEnabled') && !isFalse(o['FreeBusyAccessEnabled']) && propertyText(o['FreeBusyAccessLevel']) === 'None' ? `Relationship ${nameOf(o)} gives free/busy at the level None.` : undefined),
  },
  {
    causes: ['fb12-calendar-permission'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'AccessRights',
    fault: (o) => (has(o, 'AccessRights', 'User') && propertyText(o['User']) === 'Default' && propertyText(o['AccessRights']) === 'None' ? `Default has None on ${propertyText(o['FolderName']) || nameOf(o)}.` : undefined),
  },
  {
    causes: ['fb10-stale-cloud-trust', 'fb11-stale-cloud-trust'],
    property: 'ApplicationIdentifier',
    fault: (o) => (has(o, 'ApplicationIdentifier', 'ApplicationUri') && propertyText(o['ApplicationIdentifier']) === '292841' ? `Federation trust ${nameOf(o)} has the old ApplicationIdentifier 292841 (${propertyText(o['ApplicationUri'])}).` : undefined),
  },
  {
    causes: ['fb23-immutable-id', 'fb19-immutable-id'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'ImmutableId',
    fault: (o) => (has(o, 'ImmutableId', 'PrimarySmtpAddress') && !isEmpty(o['ImmutableId']) ? `ImmutableId of ${propertyText(o['PrimarySmtpAddress'])} is set.` : undefined),
  },
  {
    causes: ['m35-component-inactive'],
    property: 'State',
    fault: (o) => (has(o, 'Component', 'State') && /proxy$/i.test(propertyText(o['Component'])) && propertyText(o['State']) === 'Inactive' ? `Component ${propertyText(o['Component'])} of ${propertyText(o['ServerFqdn']) || propertyText(o['Server']) || 'the server'} is Inactive.` : undefined),
  },
  {
    causes: ['m35-agent-down'],
    property: 'status',
    fault: (o) => {
      const status = propertyText(o['status'] ?? o['Status']);
      return (has(o, 'machineName') || has(o, 'MachineName')) && /^inactive$/i.test(status) ? `The agent on ${propertyText(o['machineName'] ?? o['MachineName'])} is ${status}.` : undefined;
    },
  },
  {
    causes: ['fb29-wrong-endpoint'],
    isOnlyProofOfWhatIsSeen: true,
    property: 'TargetSharingEpr',
    fault: (o) => (has(o, 'TargetSharingEpr') && !isEmpty(o['TargetSharingEpr']) ? `TargetSharingEpr of ${nameOf(o)} is ${propertyText(o['TargetSharingEpr'])}.` : undefined),
  },
];
