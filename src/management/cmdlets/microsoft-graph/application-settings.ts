import type { NewStsServicePrincipal } from '../../../identity/index.ts';
import type { MultiValued, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';

/** What New-MgApplication and Update-MgApplication set of an application. */
export const applicationParameters = {
  DisplayName: { type: 'string', description: 'Name of the application.' },
  IdentifierUris: { type: 'string', many: true, description: 'Names that tokens may be asked for, the whole list. The application id is always among them.' },
  Web: { type: 'hashtable', description: "@{RedirectUris='https://…'}: where sign-ins may end, the whole list." },
  PublicClient: { type: 'hashtable', description: '@{RedirectUris=…}: the same of an installed application, which has no secret.' },
  IsFallbackPublicClient: { type: 'switch', description: 'An installed application, which has no secret; -IsFallbackPublicClient:$false: one that has.' },
  GroupMembershipClaims: { type: ['None', 'SecurityGroup', 'All'], description: 'Whether tokens for it name the groups of the person.' },
  AppRoles: { type: 'hashtables', description: "Roles that can be assigned in it, the whole list: @{Value='Relay.Admin'}. A role is known by its Value here." },
  RequiredResourceAccess: { type: 'anything', ignored: true, description: 'What an administrator is asked to consent to: @{ResourceAppId=…; ResourceAccess=@(@{Id=…; Type=…})}. Here the partner applications of an organisation say what an application may.' },
  SignInAudience: { type: ['AzureADMyOrg'], ignored: true, description: 'Only AzureADMyOrg: an application of this tenant.' },
} as const satisfies ParameterDefinitions;

export interface GivenApplication {
  readonly DisplayName?: string;
  readonly IdentifierUris?: MultiValued;
  readonly Web?: Readonly<Record<string, unknown>>;
  readonly PublicClient?: Readonly<Record<string, unknown>>;
  readonly IsFallbackPublicClient?: boolean;
  readonly GroupMembershipClaims?: string;
  readonly AppRoles?: readonly Readonly<Record<string, unknown>>[];
}

/** What of it the directory keeps. @throws ManagementError `MANAGEMENT_PARAMETER_INVALID` for parts of the hashtables that it cannot keep */
export function applicationSettings(given: GivenApplication): Partial<Omit<NewStsServicePrincipal, 'appId'>> {
  const redirectUris = given.Web === undefined && given.PublicClient === undefined ? undefined : [...redirectUrisIn('Web', given.Web), ...redirectUrisIn('PublicClient', given.PublicClient)];
  const publicClient = given.IsFallbackPublicClient ?? (given.PublicClient === undefined ? undefined : true);
  return {
    ...(given.DisplayName === undefined ? {} : { displayName: given.DisplayName }),
    ...(given.IdentifierUris === undefined ? {} : { servicePrincipalNames: [...valuesOf(given.IdentifierUris)] }),
    ...(redirectUris === undefined ? {} : { redirectUris }),
    ...(publicClient === undefined ? {} : { publicClient }),
    ...(given.GroupMembershipClaims === undefined ? {} : { emitsGroups: given.GroupMembershipClaims !== 'None' }),
    ...(given.AppRoles === undefined ? {} : { appRoles: given.AppRoles.map(roleValue) }),
  };
}

function redirectUrisIn(parameter: string, hashtable: Readonly<Record<string, unknown>> | undefined): string[] {
  return Object.entries(hashtable ?? {}).flatMap(([key, value]) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (key.toLowerCase() !== 'redirecturis' || !list.every((one) => typeof one === 'string')) throw notKept(parameter, key, 'RedirectUris');
    return list;
  });
}

/** Its id follows from its value; names and descriptions are for the portal. */
function roleValue(role: Readonly<Record<string, unknown>>): string {
  const value = Object.entries(role).find(([key]) => key.toLowerCase() === 'value')?.[1];
  if (typeof value !== 'string' || value === '') throw notKept('AppRoles', Object.keys(role).join(', '), 'Value');
  return value;
}

function notKept(parameter: string, given: string, wanted: string): ManagementError {
  return new ManagementError('MANAGEMENT_PARAMETER_INVALID', `Of the parameter '${parameter}' only ${wanted} is kept here, not '${given.slice(0, 100)}'.`, { facts: { parameter } });
}
