import type { StsDomain } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { TenantContext } from './tenant-context.ts';

/** A domain of the tenant by its name. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` */
export async function namedDomain({ directory, tenantId }: TenantContext, name: string): Promise<StsDomain> {
  const found = (await directory.listDomains(tenantId)).find((domain) => domain.name === name.toLowerCase());
  if (found !== undefined) return found;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The domain '${name.slice(0, 253)}' was not found.`, { facts: { domain: name } });
}

/** @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` also for a domain that is not federated */
export async function namedFederatedDomain(context: TenantContext, name: string): Promise<Extract<StsDomain, { authentication: 'Federated' }>> {
  const domain = await namedDomain(context, name);
  if (domain.authentication === 'Federated') return domain;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The domain '${domain.name}' is not federated.`, { facts: { domain: domain.name } });
}
