import { z } from 'zod';

const domain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i, 'must be a domain')
  .transform((name) => name.toLowerCase());

/**
 * What a tenant's own administrators may put into its applications. Both lists are empty until the operator fills them:
 * a host name may belong to somebody who is not a tenant yet, and the relay itself fetches the metadata of token issuers.
 */
export const tenantPermissionsSchema = z.strictObject({
  /** Host names of applications may be these, or below them. */
  domains: z.array(domain).max(100).default([]),
  /** Metadata documents of token issuers may be at these addresses, or below them: `https://login.example/<directory>/`. */
  tokenIssuers: z.array(z.url({ protocol: /^https$/ }).max(500)).max(20).default([]),
});

export type TenantPermissions = z.infer<typeof tenantPermissionsSchema>;

export function mayPublishHost({ domains }: TenantPermissions, host: string): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

export function mayTrustIssuer({ tokenIssuers }: TenantPermissions, issuer: string): boolean {
  const wanted = new URL(issuer);
  return tokenIssuers.some((allowed) => {
    const { origin, pathname } = new URL(allowed);
    return wanted.origin === origin && wanted.username === '' && wanted.password === '' && (wanted.pathname === pathname || wanted.pathname.startsWith(pathname.endsWith('/') ? pathname : `${pathname}/`));
  });
}
