import { z } from 'zod';
import { isNetwork } from './access-policy.ts';
import { isRegistrableRedirectUri } from './redirect-uris.ts';
import { isSyncedHash } from './secret-hash.ts';
import { IdentityError } from '../identity-error.ts';

const name = z.string().trim().min(1).max(256);
const guid = z.guid();
const domain = z.string().max(253).regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i);
const seconds = z.number().int().min(60).max(172_800);
/** Up to a year. */
const longSeconds = z.number().int().min(60).max(31_536_000);
const instant = z.number().int().min(0).max(8.64e15);
const address = z.string().max(320).regex(/^[^@\s]+@[^@\s]+$/);
/** Longer than any password people type, shorter than what would make hashing a burden. */
const password = z.string().min(1).max(1024);

export const newTenant = z.strictObject({
  id: guid.optional(),
  displayName: name,
  domains: z.array(domain).min(1).max(900),
  passwordGrantEnabled: z.boolean().optional(),
  accessTokenSeconds: seconds.optional(),
  actorTokenSeconds: seconds.optional(),
  refreshTokenSeconds: longSeconds.optional(),
  refreshTokenReuseSeconds: z.number().int().min(0).max(300).optional(),
  sessionSeconds: longSeconds.optional(),
  userConsentAllowed: z.boolean().optional(),
  onPremisesSyncEnabled: z.boolean().optional(),
  onPremisesLastSync: instant.optional(),
});
export const tenantChanges = newTenant.omit({ id: true }).partial();

const secureUrl = z.url({ protocol: /^https$/ }).max(2000);
export const domainAuthentication = z.discriminatedUnion('authentication', [
  z.strictObject({ authentication: z.literal('Managed') }),
  z.strictObject({ authentication: z.literal('PassThrough'), endpoint: secureUrl }),
  z.strictObject({
    authentication: z.literal('Federated'),
    issuerUri: z.string().min(1).max(2000),
    passiveSignInUri: secureUrl,
    signingCertificate: z.string().min(1).max(32_768),
    nextSigningCertificate: z.string().min(1).max(32_768).nullable().optional(),
    preferredAuthenticationProtocol: z.enum(['wsFed', 'saml']).optional(),
    federatedIdpMfaBehavior: z.enum(['acceptIfMfaDoneByFederatedIdp', 'rejectMfaByFederatedIdp']).optional(),
    signOutUri: secureUrl.nullable().optional(),
  }),
]);

export const newUser = z.strictObject({
  objectId: guid.optional(),
  userPrincipalName: address,
  displayName: name,
  mail: address.nullable().optional(),
  proxyAddresses: z.array(z.string().min(1).max(400)).max(500).optional(),
  immutableId: z.string().max(256).nullable().optional(),
  onPremisesSecurityIdentifier: z.string().max(200).regex(/^S-1-[0-9-]+$/).nullable().optional(),
  onPremisesLastSync: instant.nullable().optional(),
  enabled: z.boolean().optional(),
  administrator: z.boolean().optional(),
  password: password.optional(),
});
export const userChanges = newUser.omit({ objectId: true, password: true }).partial();
export const newPassword = z.strictObject({ password });
export const newPasswordHash = z.strictObject({ hash: z.string().max(256).refine(isSyncedHash, 'must be scrypt$N$r$p$salt$key, as the on-premises organisation keeps it') });
export const restoredUser = z.strictObject({ userPrincipalName: address.optional(), autoReconcileProxyConflict: z.boolean().optional() });

export const newServicePrincipal = z.strictObject({
  appId: guid,
  displayName: name,
  servicePrincipalNames: z.array(z.string().min(1).max(512)).max(1000).optional(),
  enabled: z.boolean().optional(),
  trustedForDelegation: z.boolean().optional(),
  publicClient: z.boolean().optional(),
  redirectUris: z.array(z.string().refine(isRegistrableRedirectUri, 'must be https, http on loopback or an own scheme, without fragment, wildcard or user name')).max(256).optional(),
  consentedResources: z.array(z.union([guid.toLowerCase(), z.literal('*')])).max(1000).optional(),
  requiresMultiFactor: z.boolean().optional(),
  allowedNetworks: z.array(z.string().refine(isNetwork, 'must be an address, or address/prefix')).max(200).optional(),
  emitsGroups: z.boolean().optional(),
  appRoles: z.array(z.string().regex(/^[A-Za-z0-9_.:-]{1,120}$/)).max(500).optional(),
});
export const servicePrincipalChanges = newServicePrincipal.omit({ appId: true }).partial();

export const newGroup = z.strictObject({ displayName: name });
export const groupMember = z.strictObject({ user: z.string().min(1).max(320) });
export const roleAssignment = z.strictObject({ role: z.string().min(1).max(120), principalId: guid });

export const newKeyCredential = z.strictObject({ value: z.string().min(1).max(32_768), startDate: instant.optional(), endDate: instant.optional() });
export const newPasswordCredential = z.strictObject({ displayName: z.string().max(256).optional(), endDate: instant.optional() });

export const signingKeyRoll = z.strictObject({ activeFrom: instant.optional() });

/**
 * Reads an administrator's input.
 *
 * @throws IdentityError `IDENTITY_STS_INPUT`, saying which field is wrong
 */
export function readInput<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  throw new IdentityError('IDENTITY_STS_INPUT', `The input is not valid: ${issues.slice(0, 5).join('; ')}.`, { facts: { status: 400 } });
}
