import { ManagementError } from '../../management-error.ts';

/**
 * The id at the end of an entity reference, `https://graph.microsoft.com/v1.0/directoryObjects/{id}` or `…/users/{id}`.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE`
 */
export function referencedId(reference: unknown): string {
  const id = typeof reference === 'string' ? /\/(?:directoryObjects|users)(?:\/|\(')([^/()']+)(?:'\))?\/?$/i.exec(reference)?.[1] : undefined;
  if (id !== undefined) return decodeURIComponent(id);
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', '[Request_BadRequest] : Invalid object identifier.', { remedy: 'Write https://graph.microsoft.com/v1.0/directoryObjects/ and the person’s id.' });
}

/** The reference in a body, `@{'@odata.id'='…'}`, also by the name of the parameter. */
export function referenceIn(body: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(body).find(([key]) => /^(?:@odata\.id|odataid)$/i.test(key))?.[1];
}
