import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { byteSize, domainName, shortText } from '../property-schemas.ts';

/** Get-ReceiveConnector: how a server takes mail. */
export interface ReceiveConnector {
  Server: string;
  Enabled: boolean;
  /** What the server calls itself; its own name where null. */
  Fqdn: string | null;
  /** Instead of the banner `220 <name> Microsoft ESMTP MAIL Service`; begins with 220. */
  Banner: string | null;
  RequireTLS: boolean;
  /** `<I>issuer<S>subject` of a certificate in the organisation's store; the listener's own where null. */
  TlsCertificateName: string | null;
  /** `mail.cloud.com:AcceptCloudServicesMail`: whose certificate makes mail count as that of the other half of a hybrid. */
  TlsDomainCapabilities: string[];
  PermissionGroups: 'AnonymousUsers' | 'None';
  /** Bytes. */
  MaxMessageSize: number;
  MaxRecipientsPerMessage: number;
  /** `Received` fields with which a message is taken for one that goes round in circles. */
  MaxHopCount: number;
  MaxInboundConnection: number;
  MaxInboundConnectionPerSource: number;
}

const capability = shortText.refine((text) => /^(?:\*\.)?[a-z0-9.-]+:(?:AcceptCloudServicesMail|AcceptOorgProtocol|None)$/i.test(text), 'must be <domain>:AcceptCloudServicesMail');

export const receiveConnector: ConfigurationKind<ReceiveConnector> = {
  kind: 'ReceiveConnector',
  schema: z.strictObject({
    Server: shortText,
    Enabled: z.boolean().default(true),
    Fqdn: domainName.nullable().default(null),
    Banner: shortText.refine((text) => /^220 [\x20-\x7e]+$/.test(text), 'must begin with 220').nullable().default(null),
    RequireTLS: z.boolean().default(false),
    TlsCertificateName: shortText.nullable().default(null),
    TlsDomainCapabilities: z.array(capability).max(64).default([]),
    PermissionGroups: z.enum(['AnonymousUsers', 'None']).default('AnonymousUsers'),
    MaxMessageSize: byteSize.default(37_748_736),
    MaxRecipientsPerMessage: z.int().min(1).max(512_000).default(200),
    MaxHopCount: z.int().min(1).max(500).default(60),
    MaxInboundConnection: z.int().min(1).max(100_000).default(5000),
    MaxInboundConnectionPerSource: z.int().min(1).max(10_000).default(20),
  }),
  identities: (name, properties) => [`${properties.Server}\\${name}`],
};
