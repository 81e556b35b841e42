import { expandItem, occurrenceMeetingKey } from '../../organization/index.ts';
import type { CalendarItem, Instant, Item, ItemChanges, ModifiedOccurrence, PropertyBag } from '../../organization/index.ts';

/** The happening that a series' pattern puts at an instant, as it is now; undefined where it was deleted or never was. */
export function happeningOf(calendar: CalendarItem, originalStart: Instant): ModifiedOccurrence | undefined {
  if (calendar.deletedOccurrences?.includes(originalStart) === true) return undefined;
  const modified = calendar.modifiedOccurrences?.find((each) => each.originalStart === originalStart);
  if (modified !== undefined) return modified;
  for (const { start, end } of expandItem({ ...calendar, modifiedOccurrences: [] }, { start: originalStart, end: originalStart + 1 })) if (start === originalStart) return { originalStart, start, end };
  return undefined;
}

/** Changes to one happening of a series: what it has of the meeting for itself, and how it differs from the others. */
export function changeHappening({ calendar, properties }: Pick<Item, 'calendar' | 'properties'>, happening: ModifiedOccurrence, own: PropertyBag): ItemChanges {
  const { originalStart } = happening;
  const key = occurrenceMeetingKey(originalStart);
  return {
    set: { [key]: { ...(properties[key] as PropertyBag | undefined), ...own } },
    calendar: {
      modifiedOccurrences: [...(calendar?.modifiedOccurrences ?? []).filter((each) => each.originalStart !== originalStart), happening],
      deletedOccurrences: (calendar?.deletedOccurrences ?? []).filter((each) => each !== originalStart),
    },
  };
}

/** Takes one happening out of a series. */
export function withoutHappening({ calendar }: Pick<Item, 'calendar'>, originalStart: Instant): ItemChanges {
  return {
    calendar: {
      deletedOccurrences: [...(calendar?.deletedOccurrences ?? []).filter((each) => each !== originalStart), originalStart],
      modifiedOccurrences: (calendar?.modifiedOccurrences ?? []).filter((each) => each.originalStart !== originalStart),
    },
  };
}
