import { ManagementError } from '../../management-error.ts';

/** A session is of one tenant. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` where another one is named */
export function checkOrganization(tenantId: string, named: string | undefined): void {
  if (named === undefined || named === tenantId.toLowerCase()) return;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `[Request_ResourceNotFound] : Resource '${named}' does not exist or one of its queried reference-property objects are not present.`, { facts: { organization: named } });
}
