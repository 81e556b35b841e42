import type { ModifiedOccurrence } from '../calendars/calendar-item.ts';
import { occurrenceBodyKey, occurrenceCategoriesKey, occurrenceMeetingKey } from './property-definitions.ts';
import type { PropertyBag } from './property.ts';

/** The properties of a series as one of its occurrences has them: with its own body, categories, attendees, answers and attachments in their place. */
export function occurrenceBag(bag: PropertyBag, modified: ModifiedOccurrence | undefined): PropertyBag {
  if (modified === undefined) return bag;
  const categories = bag[occurrenceCategoriesKey(modified.originalStart)];
  const meeting = bag[occurrenceMeetingKey(modified.originalStart)] as PropertyBag | undefined;
  const own: PropertyBag = { ...bag, ...meeting, ...(categories === undefined ? {} : { 'item:Categories': categories }), ...(modified.hasAttachments === undefined ? {} : { 'item:HasAttachments': modified.hasAttachments }) };
  if (modified.hasOwnBody !== true) return own;
  const { 'item:Body': _body, 'item:TextBody': _text, ...rest } = own;
  const body = bag[occurrenceBodyKey(modified.originalStart)];
  return body === undefined ? rest : { ...rest, 'item:Body': body };
}
