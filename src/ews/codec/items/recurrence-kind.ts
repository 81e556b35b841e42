import type { DayOfWeek, DayOfWeekIndex, DayOfWeekOrGroup, Recurrence, RecurrencePattern, RecurrenceRange } from '../../../organization/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { EwsFault } from '../ews-fault.ts';
import { parseDateTime } from '../date-time.ts';
import { typesNamespace } from '../namespaces.ts';
import { invalidValue, readEnumeration, readInteger, readSequence, required } from '../schema-reader.ts';
import { daysOfWeek } from '../serializable-time-zone.ts';
import type { PropertyKind } from './property-kind.ts';

export const dayGroups = [...daysOfWeek, 'Day', 'Weekday', 'WeekendDay'] as const satisfies readonly DayOfWeekOrGroup[];
export const weekIndexes = ['First', 'Second', 'Third', 'Fourth', 'Last'] as const satisfies readonly DayOfWeekIndex[];
export const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;

/** RecurrenceType: a pattern and a range ([MS-OXWSCDATA] RecurrencePatternTypes, RecurrenceRangeTypes). */
export const recurrenceKind: PropertyKind<Recurrence> = {
  type: 't:RecurrenceType',
  read(element) {
    const [pattern, range, ...rest] = element.children;
    const decode = pattern === undefined || pattern.namespace !== typesNamespace ? undefined : patternReaders[pattern.local];
    if (pattern === undefined || range === undefined || decode === undefined || rest.length > 0) throw incomplete(element);
    return { pattern: decode(pattern), range: decodeRange(range) };
  },
  write(writer, name, { pattern, range }) {
    writer.open(name);
    writePattern(writer, pattern);
    writeRange(writer, range);
    writer.close();
  },
};

function incomplete(element: XmlElement): EwsFault {
  return new EwsFault('ErrorSchemaValidation', `The request failed schema validation: The element 'Recurrence' in namespace '${typesNamespace}' does not have a pattern and a range.`, {
    violation: { line: element.line, column: element.column, violation: `The element 'Recurrence' in namespace '${typesNamespace}' does not have a pattern and a range.` },
  });
}

const patternReaders: Readonly<Record<string, (element: XmlElement) => RecurrencePattern>> = {
  DailyRecurrence: (element) => ({ type: 'Daily', interval: integer(element, readSequence(element, [{ name: 'Interval' }]), 'Interval') }),
  WeeklyRecurrence(element) {
    const parts = readSequence(element, [{ name: 'Interval' }, { name: 'DaysOfWeek' }, { name: 'FirstDayOfWeek', optional: true }]);
    const days = required(element, parts['DaysOfWeek'], 'DaysOfWeek');
    const names = days.text.split(/\s+/).filter((name) => name !== '');
    const chosen = new Set<DayOfWeek>();
    for (const name of names) {
      if (!(dayGroups as readonly string[]).includes(name)) throw invalidValue(days, `${typesNamespace}:DaysOfWeekType`);
      for (const day of membersOf(name as DayOfWeekOrGroup)) chosen.add(day);
    }
    if (chosen.size === 0) throw invalidValue(days, `${typesNamespace}:DaysOfWeekType`);
    return {
      type: 'Weekly',
      interval: integer(element, parts, 'Interval'),
      daysOfWeek: daysOfWeek.filter((day) => chosen.has(day)),
      firstDayOfWeek: parts['FirstDayOfWeek'] === undefined ? 'Sunday' : readEnumeration(parts['FirstDayOfWeek'], daysOfWeek, 'DayOfWeekType'),
    };
  },
  AbsoluteMonthlyRecurrence(element) {
    const parts = readSequence(element, [{ name: 'Interval' }, { name: 'DayOfMonth' }]);
    return { type: 'AbsoluteMonthly', interval: integer(element, parts, 'Interval'), dayOfMonth: integer(element, parts, 'DayOfMonth') };
  },
  RelativeMonthlyRecurrence(element) {
    const parts = readSequence(element, [{ name: 'Interval' }, { name: 'DaysOfWeek' }, { name: 'DayOfWeekIndex' }]);
    return { type: 'RelativeMonthly', interval: integer(element, parts, 'Interval'), ...relativeDay(element, parts) };
  },
  AbsoluteYearlyRecurrence(element) {
    const parts = readSequence(element, [{ name: 'DayOfMonth' }, { name: 'Month' }]);
    return { type: 'AbsoluteYearly', dayOfMonth: integer(element, parts, 'DayOfMonth'), month: month(element, parts) };
  },
  RelativeYearlyRecurrence(element) {
    const parts = readSequence(element, [{ name: 'DaysOfWeek' }, { name: 'DayOfWeekIndex' }, { name: 'Month' }]);
    return { type: 'RelativeYearly', ...relativeDay(element, parts), month: month(element, parts) };
  },
};

type Parts = Readonly<Record<string, XmlElement | undefined>>;

function integer(parent: XmlElement, parts: Parts, name: string): number {
  return readInteger(required(parent, parts[name], name), 1, 999);
}

function month(parent: XmlElement, parts: Parts): number {
  return months.indexOf(readEnumeration(required(parent, parts['Month'], 'Month'), months, 'MonthNamesType')) + 1;
}

function relativeDay(parent: XmlElement, parts: Parts): { daysOfWeek: DayOfWeekOrGroup; dayOfWeekIndex: DayOfWeekIndex } {
  return {
    daysOfWeek: readEnumeration(required(parent, parts['DaysOfWeek'], 'DaysOfWeek'), dayGroups, 'DayOfWeekType'),
    dayOfWeekIndex: readEnumeration(required(parent, parts['DayOfWeekIndex'], 'DayOfWeekIndex'), weekIndexes, 'DayOfWeekIndexType'),
  };
}

function membersOf(name: DayOfWeekOrGroup): readonly DayOfWeek[] {
  if (name === 'Day') return daysOfWeek;
  if (name === 'Weekday') return daysOfWeek.slice(1, 6);
  return name === 'WeekendDay' ? ['Saturday', 'Sunday'] : [name];
}

function decodeRange(element: XmlElement): RecurrenceRange {
  if (element.namespace === typesNamespace && element.local === 'NoEndRecurrence') {
    const parts = readSequence(element, [{ name: 'StartDate' }]);
    return { type: 'NoEnd', startDate: readDate(required(element, parts['StartDate'], 'StartDate')) };
  }
  if (element.namespace === typesNamespace && element.local === 'EndDateRecurrence') {
    const parts = readSequence(element, [{ name: 'StartDate' }, { name: 'EndDate' }]);
    return { type: 'EndDate', startDate: readDate(required(element, parts['StartDate'], 'StartDate')), endDate: readDate(required(element, parts['EndDate'], 'EndDate')) };
  }
  if (element.namespace !== typesNamespace || element.local !== 'NumberedRecurrence') throw incomplete(element);
  const parts = readSequence(element, [{ name: 'StartDate' }, { name: 'NumberOfOccurrences' }]);
  return { type: 'Numbered', startDate: readDate(required(element, parts['StartDate'], 'StartDate')), numberOfOccurrences: integer(element, parts, 'NumberOfOccurrences') };
}

const date = /^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?$/;

/** An xs:date as midnight of a wall clock. Clients add an offset or `Z`, and mean the date. Some write a whole xs:dateTime. */
function readDate(element: XmlElement): number {
  const text = element.text.trim();
  const day = date.exec(text)?.[1];
  const parsed = parseDateTime(day === undefined ? text : `${day}T00:00:00`);
  if (parsed === undefined) throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:date');
  return parsed.local - (((parsed.local % 86_400_000) + 86_400_000) % 86_400_000);
}

function writePattern(writer: XmlWriter, pattern: RecurrencePattern): void {
  writer.open(`t:${pattern.type}Recurrence`);
  if ('interval' in pattern) writer.element('t:Interval', pattern.interval);
  if (pattern.type === 'Weekly') {
    writer.element('t:DaysOfWeek', pattern.daysOfWeek.join(' '));
    writer.element('t:FirstDayOfWeek', pattern.firstDayOfWeek);
  }
  if (pattern.type === 'RelativeMonthly' || pattern.type === 'RelativeYearly') {
    writer.element('t:DaysOfWeek', pattern.daysOfWeek);
    writer.element('t:DayOfWeekIndex', pattern.dayOfWeekIndex);
  }
  if ('dayOfMonth' in pattern) writer.element('t:DayOfMonth', pattern.dayOfMonth);
  if ('month' in pattern) writer.element('t:Month', months[pattern.month - 1]);
  writer.close();
}

function writeRange(writer: XmlWriter, range: RecurrenceRange): void {
  const dateOf = (local: number): string => new Date(local).toISOString().slice(0, 10);
  writer.open(`t:${range.type}Recurrence`);
  writer.element('t:StartDate', dateOf(range.startDate));
  if (range.type === 'EndDate') writer.element('t:EndDate', dateOf(range.endDate));
  if (range.type === 'Numbered') writer.element('t:NumberOfOccurrences', range.numberOfOccurrences);
  writer.close();
}
