import { IdentityError } from '../identity-error.ts';

/** Something that the administrator named is not there. Answered 404. */
export function notFound(what: string, name: string): IdentityError {
  return new IdentityError('IDENTITY_STS_NOT_FOUND', `There is no ${what} of that name.`, { facts: { status: 404, what, name } });
}

/** Something of that name is there already. Answered 409. */
export function conflict(what: string, name: string): IdentityError {
  return new IdentityError('IDENTITY_STS_CONFLICT', `There is already a ${what} of that name.`, { facts: { status: 409, what, name } });
}
