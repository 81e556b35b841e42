import type { Credential } from './plan.ts';

/**
 * Stands in an invocation for the account that moves mailboxes on premises, so that plans, records and logs never hold
 * its password; `withCredential` puts it in as the cmdlet runs.
 */
export const onPremisesCredential = '<credential of the on-premises organisation>';

/** The parameters as a session takes them. */
export function withCredential(parameters: Record<string, unknown>, credential: Credential | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value === onPremisesCredential && credential !== undefined ? { UserName: credential.userName, Password: credential.password } : value]));
}
