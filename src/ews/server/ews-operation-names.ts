import { mailboxOperations } from './mailbox/mailbox-operations.ts';

/** Every operation that is served, by its published name. docs/ews.md lists them. */
export const ewsOperationNames: readonly string[] = ['GetUserAvailability', 'GetServerTimeZones', ...mailboxOperations.map(({ name }) => name)];
