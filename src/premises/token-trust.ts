import type { Clock } from '../foundation/index.ts';
import { createTokenValidator } from '../identity/index.ts';
import type { TokenValidator, TrustedAuthServer, TrustedPartnerApplication, UserContext } from '../identity/index.ts';
import type { AuthServer, Organization, PartnerApplication, Recipient, Stored } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';
import type { SettingsVersion } from './settings-version.ts';

/** The token validator that follows from the organisation's AuthServer and PartnerApplication objects as they are now. */
export function createTokenTrust(organization: Organization, clock: Clock, settings: Pick<SettingsVersion, 'version'> = organization.configuration): () => Promise<TokenValidator<Recipient>> {
  const { configuration } = organization;
  return cachedByVersion(settings, async () => {
    const authServers = (await configuration.list('AuthServer')).flatMap(trustedAuthServer);
    const assignments = (await configuration.list('ManagementRoleAssignment')).filter(({ properties }) => properties.Enabled);
    const withRoles = new Set(assignments.map(({ properties }) => properties.RoleAssigneeName.toLowerCase()));
    const partnerApplications = (await configuration.list('PartnerApplication')).flatMap((application) => trustedPartnerApplication(application, withRoles));
    return createTokenValidator<Recipient>({ authServers, partnerApplications, resolveUser: (context) => resolveUser(organization, context), clock });
  });
}

function trustedAuthServer({ name, properties }: Stored<'AuthServer'>): readonly TrustedAuthServer[] {
  const { Type: type, IssuerIdentifier: issuerIdentifier } = properties satisfies AuthServer;
  if ((type !== 'MicrosoftACS' && type !== 'AzureAD' && type !== 'ADFS') || issuerIdentifier === null) return [];
  return [
    {
      name,
      type,
      issuerIdentifier,
      ...(properties.Realm === null ? {} : { realm: properties.Realm }),
      enabled: properties.Enabled,
      isDefaultAuthorizationEndpoint: properties.IsDefaultAuthorizationEndpoint,
      ...(properties.AuthorizationEndpoint === null ? {} : { authorizationEndpoint: properties.AuthorizationEndpoint }),
      certificates: properties.CertificateStrings,
    },
  ];
}

/** An account without any role lets its application do as little as no account. */
function trustedPartnerApplication({ name, properties }: Stored<'PartnerApplication'>, withRoles: ReadonlySet<string>): readonly TrustedPartnerApplication[] {
  const { ApplicationIdentifier: applicationIdentifier, LinkedAccount: account, Realm: realm } = properties satisfies PartnerApplication;
  if (applicationIdentifier === null) return [];
  return [
    {
      name,
      applicationIdentifier,
      ...(realm === null ? {} : { realm }),
      enabled: properties.Enabled,
      useAuthServer: properties.UseAuthServer,
      linkedAccount: account !== null && withRoles.has(account.slice(account.lastIndexOf('/') + 1).toLowerCase()) ? account : null,
    },
  ];
}

/**
 * Everybody whom a token's user context may mean. User principal name, SMTP and SIP address all count, so a token whose
 * claims point at two people is ambiguous rather than the first one's. Object id and security identifier do not count:
 * this directory finds nobody by them.
 */
async function resolveUser({ directory }: Organization, context: UserContext): Promise<readonly Recipient[]> {
  const found = new Map<string, Recipient>();
  const add = (recipients: readonly (Recipient | undefined)[]): void => {
    for (const recipient of recipients) if (recipient !== undefined) found.set(recipient.guid, recipient);
  };
  if (context.upn !== undefined) add([await directory.byUserPrincipalName(context.upn)]);
  if (context.smtp !== undefined) add(await directory.resolveAll(context.smtp));
  if (context.sip !== undefined) add(await directory.resolveAll(context.sip.replace(/^sip:/i, '')));
  if (found.size === 0 && context.upn !== undefined) add(await directory.resolveAll(context.upn));
  return [...found.values()];
}
