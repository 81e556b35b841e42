import type { StsAdminClient, StsServicePrincipal } from '../../../identity/index.ts';
import type { BoundParameters, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import { HybridgeError } from '../../../foundation/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { LocalContext } from '../../sessions/create-local-session.ts';
import type { Cmdlet, CmdletDefinition, OutputObject } from '../define-cmdlet.ts';
import { defineCmdlet } from '../define-cmdlet.ts';
import { refusedParametersOf } from '../refusals/refused-parameters.ts';

/** What the cmdlets of a tenant's directory need of the token service's admin API. */
export type TenantDirectory = Pick<
  StsAdminClient,
  'getTenant' | 'updateTenant' | 'listDomains' | 'setDomainAuthentication' | 'listUsers' | 'getUser' | 'createUser' | 'updateUser' | 'removeUser' | 'listDeletedUsers' | 'restoreUser' | 'purgeDeletedUser' | 'setUserPassword' | 'setDelegationState' | 'revokeSignIns' | 'listServicePrincipals' | 'getServicePrincipal' | 'createServicePrincipal' | 'updateServicePrincipal' | 'removeServicePrincipal' | 'addKeyCredential' | 'removeCredential' | 'listGroups' | 'createGroup' | 'removeGroup' | 'addGroupMember' | 'removeGroupMember' | 'listRoleAssignments' | 'assignRole' | 'removeRoleAssignment' | 'listConsents' | 'listTenantConsents' | 'removeConsents'
>;

export interface TenantMeans {
  directory: TenantDirectory;
  tenantId: string;
}

export type TenantContext = TenantMeans & LocalContext;

/** Describes a cmdlet of a tenant's directory, of one of the modules of which administrators know the spelling, with the published parameters that it refuses. */
export function defineTenantCmdlet<const Definitions extends ParameterDefinitions>(definition: Omit<CmdletDefinition<TenantContext, Definitions>, 'roles'>): Cmdlet<TenantContext> {
  const ofMsol = definition.name.includes('-Msol');
  const run = async (context: TenantContext, parameters: unknown): Promise<readonly OutputObject[]> => {
    try {
      return await definition.run(context, parameters as BoundParameters<Definitions>);
    } catch (error) {
      throw inItsWords(definition.name, parameters as Readonly<Record<string, unknown>>, error);
    }
  };
  return defineCmdlet({ ...definition, parameters: { ...definition.parameters, ...refusedParametersOf(definition.name), ...definition.parameters, ...(ofMsol ? { TenantId: tenantIdParameter } : {}) }, roles: [], run });
}

/** The parameters by which one object is named, the most telling first. */
const namingParameters = ['MemberId', 'GroupMemberObjectId', 'RefObjectId', 'UserPrincipalName', 'ObjectId', 'AppPrincipalId', 'UserId', 'GroupId', 'ServicePrincipalId', 'ApplicationId', 'AppId'];

/**
 * That there is no such object, in the words of the module: Microsoft Graph and the AzureAD module say
 * Request_ResourceNotFound (issue 237 of entra-powershell), MSOnline User Not Found for people.
 */
function inItsWords(cmdlet: string, parameters: Readonly<Record<string, unknown>>, error: unknown): unknown {
  if (!(error instanceof HybridgeError) || error.code !== 'IDENTITY_STS_NOT_FOUND') return error;
  const named = namingParameters.map((name) => parameters[name]).find((value) => typeof value === 'string');
  if (typeof named !== 'string') return error;
  const shown = named.slice(0, 256);
  const resource = `Resource '${shown}' does not exist or one of its queried reference-property objects are not present.`;
  const message = cmdlet.includes('-Mg')
    ? `[Request_ResourceNotFound] : ${resource}`
    : cmdlet.includes('-AzureAD')
      ? `Code: Request_ResourceNotFound Message: ${resource}`
      : cmdlet.includes('-MsolUser')
        ? `User Not Found. User: ${shown}.`
        : undefined;
  return message === undefined ? error : new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', message, { facts: { ...error.facts, code: error.code }, cause: error });
}

const tenantIdParameter = { type: 'guid', ignored: true, description: 'Accepted and without effect: the session is of one tenant.' } as const;

/** The three ways of naming a service principal. */
export const servicePrincipalParameters = {
  AppPrincipalId: { type: 'guid', pipeline: true, description: 'Application id.' },
  ObjectId: { type: 'guid', pipeline: true, description: 'Object id of the service principal.' },
  ServicePrincipalName: { type: 'string', pipeline: true, description: 'One of its service principal names.' },
} as const;

export interface NamedServicePrincipal {
  AppPrincipalId?: string;
  ObjectId?: string;
  ServicePrincipalName?: string;
}

/** The service principal that parameters name. @throws ManagementError `MANAGEMENT_PARAMETER_MISSING`, `MANAGEMENT_OBJECT_NOT_FOUND` */
export async function namedServicePrincipal(context: TenantContext, named: NamedServicePrincipal): Promise<StsServicePrincipal> {
  const id = named.AppPrincipalId ?? named.ObjectId;
  if (id !== undefined) return context.directory.getServicePrincipal(context.tenantId, id);
  const wanted = named.ServicePrincipalName?.toLowerCase();
  if (wanted === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: AppPrincipalId.');
  const found = (await context.directory.listServicePrincipals(context.tenantId)).find((principal) => principal.servicePrincipalNames.some((name) => name.toLowerCase() === wanted));
  if (found !== undefined) return found;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `Service principal was not found. ServicePrincipalName: ${wanted.slice(0, 256)}.`, { facts: { servicePrincipalName: wanted } });
}

/** A service principal as Get-MsolServicePrincipal shows it. */
export function servicePrincipalOutput(principal: StsServicePrincipal): OutputObject {
  return {
    ExtensionData: null,
    AccountEnabled: principal.enabled,
    Addresses: [],
    AppPrincipalId: principal.appId,
    DisplayName: principal.displayName,
    ObjectId: principal.objectId,
    ServicePrincipalNames: [...principal.servicePrincipalNames],
    TrustedForDelegation: principal.trustedForDelegation,
  };
}
