import { openOrganization } from '../open-organization.ts';
import type { Organization } from '../open-organization.ts';
import type { Mailbox } from './mailbox.ts';

export const anna = '0a8f9d1e-6f0c-4d5a-9a53-0d6a3b1e0001';

/** For tests: one mailbox in memory, and a clock that moves on with every look at it. */
export async function openMailbox(t: { after(end: () => Promise<void>): void }): Promise<{ organization: Organization; mailbox: Mailbox }> {
  let now = Date.UTC(2026, 10, 2);
  const organization = await openOrganization({ file: ':memory:', clock: { now: () => (now += 1000) } });
  t.after(() => organization.close());
  return { organization, mailbox: organization.mailboxes.of(anna) };
}
