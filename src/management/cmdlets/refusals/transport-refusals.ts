import type { Refusal } from './refusal.ts';

const inbound = ['New-InboundConnector', 'Set-InboundConnector'];
const outbound = ['New-OutboundConnector', 'Set-OutboundConnector'];
const send = ['New-SendConnector', 'Set-SendConnector'];

/** What the cmdlets of connectors, domains and their policies refuse. */
export const transportRefusals: readonly Refusal[] = [
  { because: 'A partner is known by its certificate here, not by its addresses.', of: inbound, names: ['RestrictDomainsToIPAddresses', 'SenderIPAddresses'] },
  { because: 'A partner is known by its certificate here, not by its addresses.', of: ['New-InboundConnector'], names: ['ClientHostNames'] },
  { because: 'A connector is for all accepted domains here.', of: inbound, names: ['AssociatedAcceptedDomains', 'TrustedOrganizations'] },
  { because: 'Mail is not filtered here, so there is nothing to skip.', of: inbound, names: ['EFSkipIPs', 'EFSkipLastIP', 'EFSkipMailGateway', 'EFTestMode', 'EFUsers', 'ScanAndDropRecipients'] },
  { because: 'There are no transport rules here.', of: [...outbound, 'Get-OutboundConnector'], names: ['IsTransportRuleScoped'] },
  { because: 'No connector is in test mode here.', of: outbound, names: ['TestMode'] },
  { because: 'No connector is in test mode here.', of: ['Get-OutboundConnector'], names: ['IncludeTestModeConnectors'] },
  { because: 'Connectors are not validated here: Set-OutboundConnector counts at once.', of: ['Set-OutboundConnector'], names: ['IsValidated', 'LastValidationTimestamp', 'ValidationRecipients'] },
  { because: 'Connectors are not validated here.', of: ['New-OutboundConnector'], names: ['LinkForModifiedConnector'] },
  { because: 'MTA-STS and DANE are not built; -TlsSettings says what the other side has to show.', of: ['New-OutboundConnector'], names: ['MtaStsMode', 'SmtpDaneMode'] },
  { because: 'Senders are not rewritten here.', of: outbound, names: ['SenderRewritingEnabled'] },
  { because: 'Servers do not sign in to others when they send mail here: certificates prove who they are.', of: send, names: ['AuthenticationCredential', 'DomainSecureEnabled', 'SmartHostAuthMechanism'] },
  { because: 'Every server sends in one way here: EHLO, from its own address, by its own DNS.', of: send, names: ['ForceHELO', 'SourceIPAddress', 'UseExternalDNSServersEnabled', 'IsScopedConnector', 'LinkedReceiveConnector'] },
  { because: 'The cloud’s half of a hybrid is told by -CloudServicesMailEnabled here.', of: send, names: ['ConnectorType', 'IsCoexistenceConnector', 'RequireOorg'] },
  { because: 'Connections carry one message after another and end when idle for some minutes here.', of: send, names: ['ConnectionInactivityTimeOut', 'SmtpMaxMessagesPerConnection'] },
  { because: 'Conversations of servers are always in the log here.', of: [...send, 'Set-ReceiveConnector'], names: ['ProtocolLoggingLevel'] },
  { because: 'Where a server listens, and for whom, stands in its configuration file.', of: ['Set-ReceiveConnector'], names: ['Bindings', 'RemoteIPRanges', 'TransportRole', 'ServiceDiscoveryFqdn', 'Name', 'Comment', 'DefaultDomain', 'AdvertiseClientSettings'] },
  { because: 'Nobody signs in to send mail here; certificates prove who a server is.', of: ['Set-ReceiveConnector'], names: ['AuthMechanism', 'AuthTarpitInterval', 'DomainSecureEnabled', 'EnableAuthGSSAPI', 'ExtendedProtectionPolicy', 'MaxLogonFailures', 'SuppressXAnonymousTls'] },
  {
    because: 'Which extensions of SMTP a server offers is fixed here.',
    of: ['Set-ReceiveConnector'],
    names: ['BareLinefeedRejectionEnabled', 'BinaryMimeEnabled', 'ChunkingEnabled', 'DeliveryStatusNotificationEnabled', 'EightBitMimeEnabled', 'EnhancedStatusCodesEnabled', 'LongAddressesEnabled', 'OrarEnabled', 'PipeliningEnabled', 'RejectReservedSecondLevelRecipientDomains', 'RejectReservedTopLevelRecipientDomains', 'RejectSingleLabelRecipientDomains', 'RequireEHLODomain', 'SizeEnabled', 'SmtpUtf8Enabled'],
  },
  { because: 'The other limits of a connection are fixed here.', of: ['Set-ReceiveConnector'], names: ['ConnectionInactivityTimeout', 'ConnectionTimeout', 'MaxAcknowledgementDelay', 'MaxHeaderSize', 'MaxInboundConnectionPercentagePerSource', 'MaxLocalHopCount', 'MaxProtocolErrors', 'MessageRateLimit', 'MessageRateSource', 'TarpitInterval'] },
  { because: 'Mail goes out as it came: nothing converts it.', of: ['Set-RemoteDomain'], names: ['ByteEncoderTypeFor7BitCharsets', 'CharacterSet', 'ContentType', 'LineWrapSize', 'NonMimeCharacterSet', 'PreferredInternetCodePageForShiftJis', 'RequiredCharsetCoverage'] },
  { because: 'Names of senders and texts of non-delivery reports are the same for every domain here.', of: ['Set-RemoteDomain'], names: ['DisplaySenderName', 'MeetingForwardNotificationEnabled', 'MessageCountThreshold', 'NDRDiagnosticInfoEnabled', 'UseSimpleDisplayName'] },
  { because: 'It was Exchange 2010’s; -TargetDeliveryDomain says the same.', of: ['Set-RemoteDomain'], names: ['IsCoexistenceDomain'], side: 'OnPremises' },
];
