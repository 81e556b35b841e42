import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { instantText, shortText, thumbprint } from '../property-schemas.ts';

/** Get-AuthConfig: the organisation's own identity between servers. */
export interface AuthConfig {
  CurrentCertificateThumbprint: string | null;
  PreviousCertificateThumbprint: string | null;
  NextCertificateThumbprint: string | null;
  /** ISO 8601. */
  NextCertificateEffectiveDate: string | null;
  /** The application id under which the tenant knows Exchange. */
  ServiceName: string;
  /** Blank unless somebody set it. */
  Realm: string | null;
}

export const authConfig: ConfigurationKind<AuthConfig> = {
  kind: 'AuthConfig',
  singleton: 'Auth Configuration',
  schema: z.strictObject({
    CurrentCertificateThumbprint: thumbprint.nullable().default(null),
    PreviousCertificateThumbprint: thumbprint.nullable().default(null),
    NextCertificateThumbprint: thumbprint.nullable().default(null),
    NextCertificateEffectiveDate: instantText.nullable().default(null),
    ServiceName: shortText.min(1, 'may not be empty').default('00000002-0000-0ff1-ce00-000000000000'),
    Realm: shortText.nullable().default(null),
  }),
};
