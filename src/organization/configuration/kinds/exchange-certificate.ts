import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { instantText, shortText, thumbprint } from '../property-schemas.ts';

/** A certificate in a server's store. Its name is the thumbprint; its private key lies apart from the properties. */
export interface ExchangeCertificate {
  Thumbprint: string;
  /** Distinguished names as Windows writes them. */
  Subject: string;
  Issuer: string;
  FriendlyName: string;
  SerialNumber: string;
  /** ISO 8601. */
  NotBefore: string;
  NotAfter: string;
  CertificateDomains: string[];
  Services: ('None' | 'IMAP' | 'POP' | 'UM' | 'IIS' | 'SMTP' | 'Federation' | 'UMCallRouter')[];
  IsSelfSigned: boolean;
  PublicKeySize: number;
  /** Whether the private key may leave the store. */
  PrivateKeyExportable?: boolean;
  /** PEM. Of a request that waits for its certificate, one that its own key signed. */
  Certificate: string;
  /** PKCS #10, PEM: the entry is a request that no certificate has been imported for yet. */
  Request?: string;
}

export const exchangeCertificate: ConfigurationKind<ExchangeCertificate> = {
  kind: 'ExchangeCertificate',
  schema: z.strictObject({
    Thumbprint: thumbprint,
    Subject: shortText,
    Issuer: shortText,
    FriendlyName: shortText.default(''),
    SerialNumber: shortText,
    NotBefore: instantText,
    NotAfter: instantText,
    CertificateDomains: z.array(shortText).max(256).default([]),
    Services: z.array(z.enum(['None', 'IMAP', 'POP', 'UM', 'IIS', 'SMTP', 'Federation', 'UMCallRouter'])).max(8).default([]),
    IsSelfSigned: z.boolean().default(false),
    PublicKeySize: z.int().positive(),
    PrivateKeyExportable: z.boolean().default(false),
    Certificate: z.string().max(32_768).startsWith('-----BEGIN CERTIFICATE-----', 'must be a certificate in PEM form'),
    Request: z.string().max(32_768).startsWith('-----BEGIN ', 'must be a certificate request in PEM form').exactOptional(),
  }),
  // `SERVER\thumbprint` is found too: a certificate belongs to the organisation here, whichever server is named.
  identities: (_, properties) => [properties.Subject, ...(properties.FriendlyName === '' ? [] : [properties.FriendlyName])],
};
