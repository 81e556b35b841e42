import { OrganizationError } from '../organization-error.ts';

export function itemTooLarge(limit: number): OrganizationError {
  return new OrganizationError('ORGANIZATION_ITEM_TOO_LARGE', `The item is larger than ${Math.floor(limit / 1_000_000)} MB.`, { facts: { limit } });
}
