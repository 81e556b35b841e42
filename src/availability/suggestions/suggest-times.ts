import type { AttendeeConflict, CalendarEvent, MailboxData, Suggestion, SuggestionDay, SuggestionsViewOptions } from '../../ews/index.ts';
import type { FreeBusyStatus, Instant, TimeZone } from '../../organization/index.ts';
import { toLocal } from '../../organization/index.ts';
import { qualityRank, suggestionQuality } from './suggestion-quality.ts';
import type { WorkTime } from './work-time.ts';
import { isWorkTime } from './work-time.ts';

/** What is known of one attendee: events, nothing (the lookup failed), or not even who that is. */
export type AttendeeAvailability = { kind: 'Known'; events: readonly CalendarEvent[] } | { kind: 'NoData' } | { kind: 'Unknown' };

export interface SuggestTimesInput {
  options: SuggestionsViewOptions;
  /** In the request's order; conflicts are reported in it. */
  attendees: readonly { mailbox: MailboxData; availability: AttendeeAvailability }[];
  /** The request's zone: days begin at its midnights, times fall on its half hours. */
  zone: TimeZone;
  /** The organizer's working time: [MS-OXWAVLS] §3.1.4.1.3.21, IsWorkTime. */
  workTime: WorkTime;
}

const stepMs = 30 * 60_000;
const dayMs = 86_400_000;

/** Statuses by weight: of several at one time, the heaviest is reported. From `Tentative` on it is a conflict (*unverified* for tentative). */
const weights: readonly FreeBusyStatus[] = ['Free', 'NoData', 'WorkingElsewhere', 'Tentative', 'Busy', 'OOF'];
const firstConflict = weights.indexOf('Tentative');
const noData = weights.indexOf('NoData');

interface Candidate extends Suggestion {
  requiredConflicts: number;
  optionalConflicts: number;
}

/**
 * Suggests meeting times, day by day: every half hour of the window at which the whole meeting fits into it is rated
 * (`suggestionQuality`) over the attendees whose time is known, rooms and resources among them. A time at which an
 * attendee with `excludeConflicts` is busy is left out. Days list the best times first; equals are ordered by fewer
 * conflicts of required attendees, then of optional ones, then by time, which is our own order, as Exchange's is not
 * published. At most `maximumResultsByDay` are listed, of which at most `maximumNonWorkHourResultsByDay` lie outside the
 * organizer's working hours. A day's quality is that of its best suggestion, `Poor` when it has none.
 *
 * With `currentMeetingTime`, a block that begins then and lasts as long as the meeting is taken for the meeting that is
 * being moved, and does not count as a conflict; `globalObjectId` is not used, since free/busy carries no such id.
 */
export function suggestTimes(input: SuggestTimesInput): SuggestionDay[] {
  const { options, zone } = input;
  const duration = options.meetingDurationInMinutes * 60_000;
  const days = daysOf(options, zone, duration);
  const times = days.flatMap((day) => day.times);
  const weightsOf = input.attendees.map(({ availability }) =>
    availability.kind === 'Known' ? weightsAt(times, withoutCurrentMeeting(availability.events, options), duration) : undefined,
  );
  let index = 0;
  return days.map((day) => {
    const candidates: Candidate[] = [];
    for (const time of day.times) {
      const candidate = rate(
        input,
        time,
        weightsOf.map((of) => of?.[index]),
      );
      index += 1;
      if (candidate !== undefined && qualityRank(candidate.quality) <= qualityRank(options.minimumSuggestionQuality)) candidates.push(candidate);
    }
    const suggestions = choose(candidates, options);
    return { date: day.date, quality: suggestions[0]?.quality ?? 'Poor', suggestions };
  });
}

/** The days that the window touches, each with its half hours at which the meeting fits into the window. */
function daysOf(options: SuggestionsViewOptions, zone: TimeZone, duration: number): { date: Instant; times: Instant[] }[] {
  const { start, end } = options.detailedSuggestionsWindow;
  const days: { date: Instant; times: Instant[] }[] = [];
  let midnight = Math.floor(toLocal(zone, start) / dayMs) * dayMs;
  for (let date = zone.toInstant(midnight); date < end; date = zone.toInstant(midnight)) {
    midnight += dayMs;
    const next = zone.toInstant(midnight);
    const times: Instant[] = [];
    for (let time = date; time < next && time + duration <= end; time += stepMs) if (time >= start) times.push(time);
    days.push({ date, times });
  }
  return days;
}

function withoutCurrentMeeting(events: readonly CalendarEvent[], options: SuggestionsViewOptions): readonly CalendarEvent[] {
  const start = options.currentMeetingTime;
  if (start === undefined) return events;
  const end = start + options.meetingDurationInMinutes * 60_000;
  return events.filter((event) => event.start !== start || event.end !== end);
}

/** For each time, the weight of the heaviest status that a meeting then would meet. */
function weightsAt(times: readonly Instant[], events: readonly CalendarEvent[], duration: number): Uint8Array {
  const result = new Uint8Array(times.length);
  for (const event of events) {
    if (event.end <= event.start) continue;
    const weight = weights.indexOf(event.busyType);
    for (let index = firstIndexAfter(times, event.start - duration); index < times.length && (times[index] ?? Infinity) < event.end; index += 1) {
      if (weight > (result[index] ?? 0)) result[index] = weight;
    }
  }
  return result;
}

/** Index of the first time later than `instant`, in a sorted list. */
function firstIndexAfter(times: readonly Instant[], instant: Instant): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rates one time, or undefined when an attendee's conflict excludes it. */
function rate(input: SuggestTimesInput, time: Instant, weightOf: readonly (number | undefined)[]): Candidate | undefined {
  let known = 0;
  let requiredConflicts = 0;
  let optionalConflicts = 0;
  const conflicts: AttendeeConflict[] = [];
  for (const [index, { mailbox, availability }] of input.attendees.entries()) {
    const weight = weightOf[index] ?? noData;
    conflicts.push(availability.kind === 'Unknown' ? { kind: 'Unknown' } : { kind: 'Individual', busyType: weights[weight] ?? 'NoData' });
    if (weight === noData) continue;
    known += 1;
    if (weight < firstConflict) continue;
    if (mailbox.excludeConflicts) return undefined;
    if (mailbox.attendeeType === 'Optional') optionalConflicts += 1;
    else requiredConflicts += 1;
  }
  return {
    meetingTime: time,
    isWorkTime: isWorkTime(input.workTime, time, time + input.options.meetingDurationInMinutes * 60_000),
    quality: suggestionQuality(requiredConflicts + optionalConflicts, known, input.options.goodThreshold),
    conflicts,
    requiredConflicts,
    optionalConflicts,
  };
}

function choose(candidates: Candidate[], options: SuggestionsViewOptions): Suggestion[] {
  candidates.sort(
    (one, other) =>
      qualityRank(one.quality) - qualityRank(other.quality) ||
      one.requiredConflicts - other.requiredConflicts ||
      one.optionalConflicts - other.optionalConflicts ||
      one.meetingTime - other.meetingTime,
  );
  const chosen: Suggestion[] = [];
  let outside = 0;
  for (const { meetingTime, isWorkTime: atWork, quality, conflicts } of candidates) {
    if (chosen.length >= options.maximumResultsByDay) break;
    if (!atWork && outside >= options.maximumNonWorkHourResultsByDay) continue;
    if (!atWork) outside += 1;
    chosen.push({ meetingTime, isWorkTime: atWork, quality, conflicts });
  }
  return chosen;
}
