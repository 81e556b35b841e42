import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText, tlsDomain } from '../property-schemas.ts';

/** Get-InboundConnector: whose mail a cloud organisation takes in a way of its own. */
export interface InboundConnector {
  Enabled: boolean;
  ConnectorType: 'OnPremises' | 'Partner';
  ConnectorSource: 'Default' | 'Migrated' | 'HybridWizard';
  Comment: string;
  /** `smtp:*;1`, `smtp:*.contoso.com;1`: domains of the senders. */
  SenderDomains: string[];
  RequireTls: boolean;
  /** Mail of these domains is refused from a server without that certificate. */
  RestrictDomainsToCertificate: boolean;
  CloudServicesMailEnabled: boolean;
  TreatMessagesAsInternal: boolean;
  /** The name that the certificate of the sending server must have. */
  TlsSenderCertificateName: string | null;
}

export const inboundConnector: ConfigurationKind<InboundConnector> = {
  kind: 'InboundConnector',
  schema: z
    .strictObject({
      Enabled: z.boolean().default(true),
      ConnectorType: z.enum(['OnPremises', 'Partner']).default('Partner'),
      ConnectorSource: z.enum(['Default', 'Migrated', 'HybridWizard']).default('Default'),
      Comment: shortText.default(''),
      SenderDomains: z
        .array(shortText.trim().transform((text) => text.replace(/^smtp:/i, '').replace(/;\d+$/, '')).pipe(z.union([z.literal('*'), tlsDomain])).transform((domain) => `smtp:${domain};1`))
        .min(1, 'may not be empty')
        .max(1000),
      RequireTls: z.boolean().default(true),
      RestrictDomainsToCertificate: z.boolean().default(false),
      CloudServicesMailEnabled: z.boolean().default(false),
      TreatMessagesAsInternal: z.boolean().default(false),
      TlsSenderCertificateName: tlsDomain.nullable().default(null),
    })
    .superRefine((connector, context) => {
      const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
      if (connector.RestrictDomainsToCertificate && connector.TlsSenderCertificateName === null) refuse('TlsSenderCertificateName', 'must be given where RestrictDomainsToCertificate is $true');
      if (connector.CloudServicesMailEnabled && connector.ConnectorType !== 'OnPremises') refuse('CloudServicesMailEnabled', 'can be $true only where ConnectorType is OnPremises');
      if (connector.TreatMessagesAsInternal && (connector.ConnectorType !== 'OnPremises' || connector.CloudServicesMailEnabled)) refuse('TreatMessagesAsInternal', 'can be $true only where ConnectorType is OnPremises and CloudServicesMailEnabled is $false');
    }),
};
