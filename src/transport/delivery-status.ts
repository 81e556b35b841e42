/** Why somebody gets no mail: the reply code, the enhanced status (RFC 3463) and Exchange's own words for it. */
export interface DeliveryStatus {
  code: number;
  status: string;
  text: string;
}

const status = (code: number, enhanced: string, text: string): DeliveryStatus => ({ code, status: enhanced, text });

/** What mail is refused or returned with. Codes and words as published ("Non-delivery reports in Exchange"). */
export const deliveryStatuses = {
  unknownRecipient: status(550, '5.1.10', 'RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'),
  invalidAddress: status(501, '5.1.3', 'RESOLVER.ADR.InvalidInSmtp; the address is not a valid SMTP address'),
  noRelay: status(550, '5.7.54', 'SMTP; Unable to relay recipient in non-accepted domain'),
  noRoute: status(550, '5.4.4', 'ROUTING.NoConnectorForAddressType; unable to route: no connector leads to the domain of the recipient'),
  nullMx: status(556, '5.1.10', 'SMTPSEND.DNS.NullMx; the domain of the recipient takes no mail'),
  loop: status(554, '5.4.6', 'Hop count exceeded - possible mail loop'),
  tooLarge: status(552, '5.3.4', 'Message size exceeds fixed maximum message size'),
  headTooLarge: status(552, '5.3.4', 'Header size exceeds fixed maximum size'),
  tooLargeForConnector: status(550, '5.3.4', 'ROUTING.SizeLimit; message size exceeds fixed maximum size for route'),
  tooManyRecipients: status(452, '4.5.3', 'Too many recipients'),
  mailboxFull: status(554, '5.2.2', 'mailbox full'),
  expired: status(550, '4.4.7', 'QUEUE.Expired; message expired'),
  // The words are published without their prefix, which is *unverified*.
  removedByAdministrator: status(550, '4.3.2', 'QUEUE.Admin; message deleted by administrative action'),
  bareLineFeeds: status(550, '5.6.11', 'SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds'),
  senderNotAuthenticated: status(550, '5.7.133', 'RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group'),
  senderNotAllowed: status(550, '5.7.129', "RESOLVER.RST.RestrictedToRecipientsPermission; not authorized to send to the recipient because the sender isn't on the recipient's list of senders to accept mail from"),
  tlsRequired: status(530, '5.7.0', 'Must issue a STARTTLS command first'),
  notAuthenticated: status(530, '5.7.57', 'SMTP; Client was not authenticated to send anonymous mail during MAIL FROM'),
  restricted: status(550, '5.7.51', "TenantInboundAttribution; There is a partner connector configured that matched the message's sender domain. The connector had RestrictDomainsToCertificate set"),
  temporary: status(451, '4.3.2', 'The message could not be kept; try again'),
  notNow: status(421, '4.3.2', 'Service not available'),
} as const satisfies Record<string, DeliveryStatus>;

/** `550 5.1.10 …`, as it stands in replies and reports. */
export function statusLine({ code, status: enhanced, text }: DeliveryStatus): string {
  return `${code} ${enhanced} ${text}`;
}
