import { isMailbox } from '../../../organization/index.ts';
import type { Recipient } from '../../../organization/index.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** The mailbox that a test asks for: the one named, or the first there is. */
export async function personOf(context: ExchangeContext, identity: string | undefined): Promise<Recipient> {
  const { directory } = context.organization;
  const found = await directory.find(identity ?? '*');
  const person = found.find((recipient) => isMailbox(recipient) && recipient.userPrincipalName !== undefined);
  if (person === undefined) throw objectNotFound(context, identity ?? 'mailbox');
  return person;
}
