import type { PropertyBag } from '../../../organization/index.ts';
import type { CompleteName } from '../../codec/items/item-kinds.ts';

const parts = [
  ['Title', '0x3a45'],
  ['FirstName', 'contacts:GivenName'],
  ['MiddleName', 'contacts:MiddleName'],
  ['LastName', 'contacts:Surname'],
  ['Suffix', 'contacts:Generation'],
  ['Initials', 'contacts:Initials'],
  ['FullName', 'contacts:DisplayName'],
  ['Nickname', 'contacts:Nickname'],
] as const;

/** CompleteName, made of the parts that a contact has. */
export function completeName(bag: PropertyBag): CompleteName {
  return parts.flatMap(([element, key]) => {
    const value = bag[key];
    return typeof value === 'string' && value !== '' ? [[element, value] as const] : [];
  });
}
