import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { mailHost, shortText, tlsDomain } from '../property-schemas.ts';

/** Get-OutboundConnector: where a cloud organisation sends mail for some domains, and how it makes sure who takes it. */
export interface OutboundConnector {
  Enabled: boolean;
  UseMXRecord: boolean;
  Comment: string;
  ConnectorType: 'OnPremises' | 'Partner';
  ConnectorSource: 'Default' | 'Migrated' | 'HybridWizard' | 'AdminUI';
  /** `contoso.com`, `*.contoso.com` or `*`. */
  RecipientDomains: string[];
  SmartHosts: string[];
  TlsDomain: string | null;
  TlsSettings: 'EncryptionOnly' | 'CertificateValidation' | 'DomainValidation' | null;
  RouteAllMessagesViaOnPremises: boolean;
  CloudServicesMailEnabled: boolean;
  AllAcceptedDomains: boolean;
}

export const outboundConnector: ConfigurationKind<OutboundConnector> = {
  kind: 'OutboundConnector',
  schema: z
    .strictObject({
      Enabled: z.boolean().default(true),
      UseMXRecord: z.boolean().default(true),
      Comment: shortText.default(''),
      ConnectorType: z.enum(['OnPremises', 'Partner']).default('Partner'),
      ConnectorSource: z.enum(['Default', 'Migrated', 'HybridWizard', 'AdminUI']).default('Default'),
      RecipientDomains: z.array(z.union([z.literal('*'), tlsDomain])).max(1000).default([]),
      SmartHosts: z.array(mailHost).max(32).default([]),
      TlsDomain: tlsDomain.nullable().default(null),
      TlsSettings: z.enum(['EncryptionOnly', 'CertificateValidation', 'DomainValidation']).nullable().default(null),
      RouteAllMessagesViaOnPremises: z.boolean().default(false),
      CloudServicesMailEnabled: z.boolean().default(false),
      AllAcceptedDomains: z.boolean().default(false),
    })
    .superRefine((connector, context) => {
      const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
      const isOnPremises = connector.ConnectorType === 'OnPremises';
      if (!connector.UseMXRecord && connector.SmartHosts.length === 0) refuse('SmartHosts', 'must be given where UseMXRecord is $false');
      if (connector.TlsSettings === 'DomainValidation' && connector.TlsDomain === null) refuse('TlsDomain', 'must be given where TlsSettings is DomainValidation');
      if (connector.AllAcceptedDomains && !isOnPremises) refuse('AllAcceptedDomains', 'can be $true only where ConnectorType is OnPremises');
      if (connector.RouteAllMessagesViaOnPremises && !isOnPremises) refuse('RouteAllMessagesViaOnPremises', 'can be $true only where ConnectorType is OnPremises');
      if (connector.CloudServicesMailEnabled && !isOnPremises) refuse('CloudServicesMailEnabled', 'can be $true only where ConnectorType is OnPremises');
      if (connector.RecipientDomains.length === 0 && !connector.AllAcceptedDomains && !connector.RouteAllMessagesViaOnPremises) refuse('RecipientDomains', 'may not be empty');
    }),
};
