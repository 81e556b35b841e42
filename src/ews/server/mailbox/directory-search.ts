import type { Directory, Recipient } from '../../../organization/index.ts';

/** People of the directory whose name, part of a name, alias or address begins with a text; an address that is theirs finds one alone. */
export async function directorySearch(directory: Directory, text: string, limit: number): Promise<readonly Recipient[]> {
  const exact = text.includes('@') ? await directory.resolve(text) : undefined;
  if (exact !== undefined) return [exact];
  const start = text.toLowerCase();
  const found: Recipient[] = [];
  for (const recipient of await directory.list()) {
    const names = [recipient.displayName, ...recipient.displayName.split(/\s+/), recipient.alias, recipient.userPrincipalName ?? '', ...recipient.emailAddresses];
    if (names.some((name) => name.toLowerCase().startsWith(start))) found.push(recipient);
    if (found.length === limit) break;
  }
  return found;
}
