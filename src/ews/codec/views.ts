import type { PageRequest, Restriction, TimeZone } from '../../organization/index.ts';
import { findAttribute } from '../../xml/index.ts';
import type { XmlElement, XmlWriter } from '../../xml/index.ts';
import { parseDateTime, toInstant } from './date-time.ts';
import { EwsFault, schemaViolation } from './ews-fault.ts';
import { decodeRestriction } from './items/decode-restriction.ts';
import { enumeratedAttribute } from './references.ts';
import { readSequence, required } from './schema-reader.ts';

/** What of a view an answer gives ([MS-OXWSSRCH] BasePagingType). */
export type View =
  | { kind: 'page'; page: PageRequest }
  | { kind: 'fraction'; numerator: number; denominator: number; limit: number }
  | { kind: 'seek'; condition: Restriction; from: 'Beginning' | 'End'; limit: number }
  | { kind: 'calendar'; start: number; end: number; limit: number };

/** Entries in one answer: Exchange's EWSFindCountLimit. */
const findCountLimit = 1_000;

/** Views of the messages schema, among which one may be chosen. */
export const viewNames = ['IndexedPageItemView', 'FractionalPageItemView', 'SeekToConditionPageItemView', 'CalendarView', 'ContactsView', 'IndexedPageFolderView', 'FractionalPageFolderView'] as const;

/** @throws EwsFault `ErrorSchemaValidation`, `ErrorInvalidIndexedPagingParameters`, `ErrorInvalidFractionalPagingParameters`, `ErrorCalendarEndDateIsEarlierThanStartDate`, `ErrorInvalidOperation` */
export function decodeView(element: XmlElement | undefined, zone: TimeZone): View {
  if (element === undefined) return { kind: 'page', page: { limit: findCountLimit } };
  const limit = Math.min(integer(element, 'MaxEntriesReturned', findCountLimit, 1), findCountLimit);
  switch (element.local) {
    case 'IndexedPageItemView':
    case 'IndexedPageFolderView': {
      const offset = integer(element, 'Offset', undefined, 0, () => new EwsFault('ErrorInvalidIndexedPagingParameters', 'The index page view parameters are invalid.'));
      return { kind: 'page', page: { offset, from: enumeratedAttribute(element, 'BasePoint', ['Beginning', 'End']), limit } };
    }
    case 'FractionalPageItemView':
    case 'FractionalPageFolderView': {
      const invalid = (): EwsFault => new EwsFault('ErrorInvalidFractionalPagingParameters', 'Fraction numerator must be less than or equal to the denominator, and the denominator must be greater than zero.');
      const [numerator, denominator] = [integer(element, 'Numerator', undefined, 0, invalid), integer(element, 'Denominator', undefined, 1, invalid)];
      if (numerator > denominator) throw invalid();
      return { kind: 'fraction', numerator, denominator, limit };
    }
    case 'SeekToConditionPageItemView': {
      const { Condition } = readSequence(element, [{ name: 'Condition' }]);
      return { kind: 'seek', condition: decodeRestriction(required(element, Condition, 'Condition'), zone), from: enumeratedAttribute(element, 'BasePoint', ['Beginning', 'End']), limit };
    }
    case 'CalendarView': {
      const [start, end] = [time(element, 'StartDate', zone), time(element, 'EndDate', zone)];
      if (end < start) throw new EwsFault('ErrorCalendarEndDateIsEarlierThanStartDate', 'EndDate is earlier than StartDate');
      // Two years, as published for Exchange.
      if (end - start > 731 * 86_400_000) throw new EwsFault('ErrorCalendarViewRangeTooBig', 'The specified view range exceeds the maximum range of two years.');
      return { kind: 'calendar', start, end, limit: findAttribute(element, 'MaxEntriesReturned') === undefined ? Number.POSITIVE_INFINITY : integer(element, 'MaxEntriesReturned', undefined, 1) };
    }
    default:
      throw new EwsFault('ErrorInvalidOperation', `${element.local} is not supported by this server.`);
  }
}

function integer(element: XmlElement, name: string, otherwise: number | undefined, minimum: number, refusal?: () => EwsFault): number {
  const text = findAttribute(element, name);
  if (text === undefined && otherwise !== undefined) return otherwise;
  const value = /^[+-]?\d{1,10}$/.test(text?.trim() ?? '') ? Number(text) : Number.NaN;
  if (Number.isNaN(value) || value > 2_147_483_647) throw schemaViolation(element, `The '${name}' attribute is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:int'.`);
  if (value < minimum) throw refusal?.() ?? schemaViolation(element, `The '${name}' attribute is invalid: it must be at least ${minimum}.`);
  return value;
}

function time(element: XmlElement, name: string, zone: TimeZone): number {
  const parsed = parseDateTime(findAttribute(element, name) ?? '');
  if (parsed === undefined) throw schemaViolation(element, `The '${name}' attribute is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:dateTime'.`);
  return toInstant(parsed, zone);
}

/** Where a page stands in its view. */
export interface PagePosition {
  total: number;
  nextOffset: number;
  includesLast: boolean;
}

/** Opens a RootFolder with the attributes of FindResponsePagingAttributes. Without a view's paging only the total is given. */
export function openRootFolder(writer: XmlWriter, view: View, position: PagePosition): void {
  const common = { TotalItemsInView: String(position.total), IncludesLastItemInRange: String(position.includesLast) };
  if (view.kind === 'page' || view.kind === 'seek') writer.open('m:RootFolder', { IndexedPagingOffset: String(position.nextOffset), ...common });
  else if (view.kind === 'fraction') writer.open('m:RootFolder', { NumeratorOffset: String(position.nextOffset), AbsoluteDenominator: String(position.total), ...common });
  else writer.open('m:RootFolder', common);
}
