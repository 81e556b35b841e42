import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { httpsUrl } from '../property-schemas.ts';
import type { VirtualDirectory } from './virtual-directory.ts';
import { virtualDirectoryIdentities, virtualDirectoryShape } from './virtual-directory.ts';

/** Get-WebServicesVirtualDirectory: how EWS of one server is reached and signed in to. */
export interface WebServicesVirtualDirectory extends VirtualDirectory {
  CertificateAuthentication: boolean | null;
  InternalNLBBypassUrl: string | null;
  GzipLevel: 'Off' | 'Low' | 'High' | 'Error';
  /** Lets the other organisation move mailboxes through this server. */
  MRSProxyEnabled: boolean;
}

export const webServicesVirtualDirectory: ConfigurationKind<WebServicesVirtualDirectory> = {
  kind: 'WebServicesVirtualDirectory',
  schema: z.strictObject({
    CertificateAuthentication: z.boolean().nullable().default(null),
    InternalNLBBypassUrl: httpsUrl.nullable().default(null),
    GzipLevel: z.enum(['Off', 'Low', 'High', 'Error']).default('Low'),
    MRSProxyEnabled: z.boolean().default(false),
    ...virtualDirectoryShape(false),
  }) as unknown as z.ZodType<WebServicesVirtualDirectory>,
  identities: virtualDirectoryIdentities,
};
