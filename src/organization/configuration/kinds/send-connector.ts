import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { addressSpace, byteSize, domainName, mailHost, shortText, tlsDomain } from '../property-schemas.ts';

/** Get-SendConnector: where an on-premises organisation sends mail for domains elsewhere, and how it makes sure who takes it. */
export interface SendConnector {
  /** `smtp:contoso.mail.onmicrosoft.com;1`: type, domain (`*`, `*.contoso.com`) and cost. */
  AddressSpaces: string[];
  CloudServicesMailEnabled: boolean;
  Comment: string;
  DNSRoutingEnabled: boolean;
  Enabled: boolean;
  /** What the connector calls itself in EHLO; the server's own name where null. */
  Fqdn: string | null;
  IgnoreSTARTTLS: boolean;
  /** Bytes; null: unlimited. */
  MaxMessageSize: number | null;
  Port: number;
  RequireTLS: boolean;
  SmartHosts: string[];
  TlsAuthLevel: 'EncryptionOnly' | 'CertificateValidation' | 'DomainValidation' | null;
  /** `<I>issuer<S>subject` of a certificate in the organisation's store; the server's own where null. */
  TlsCertificateName: string | null;
  /** With DomainValidation: the name that the certificate of the other side must have. */
  TlsDomain: string | null;
}

export const sendConnector: ConfigurationKind<SendConnector> = {
  kind: 'SendConnector',
  schema: z
    .strictObject({
      AddressSpaces: z.array(addressSpace).min(1, 'may not be empty').max(200),
      CloudServicesMailEnabled: z.boolean().default(false),
      Comment: shortText.default(''),
      DNSRoutingEnabled: z.boolean().default(true),
      Enabled: z.boolean().default(true),
      Fqdn: domainName.nullable().default(null),
      IgnoreSTARTTLS: z.boolean().default(false),
      MaxMessageSize: byteSize.nullable().default(36_700_160),
      Port: z.int().min(1).max(65_535).default(25),
      RequireTLS: z.boolean().default(false),
      SmartHosts: z.array(mailHost).max(32).default([]),
      TlsAuthLevel: z.enum(['EncryptionOnly', 'CertificateValidation', 'DomainValidation']).nullable().default(null),
      TlsCertificateName: shortText.nullable().default(null),
      TlsDomain: tlsDomain.nullable().default(null),
    })
    .superRefine((connector, context) => {
      const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
      if (!connector.DNSRoutingEnabled && connector.SmartHosts.length === 0) refuse('SmartHosts', 'must be given where DNSRoutingEnabled is $false');
      if (connector.TlsAuthLevel === 'DomainValidation' && connector.TlsDomain === null) refuse('TlsDomain', 'must be given where TlsAuthLevel is DomainValidation');
      if (connector.TlsAuthLevel !== null && !connector.RequireTLS) refuse('RequireTLS', 'must be $true where TlsAuthLevel is set');
      if (connector.RequireTLS && connector.IgnoreSTARTTLS) refuse('IgnoreSTARTTLS', 'cannot be $true where RequireTLS is');
    }),
};
