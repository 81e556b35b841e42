import { resolve } from 'node:path';
import { z } from 'zod';
import { createRequestId, HybridgeError, systemClock } from '../../foundation/index.ts';
import type { AvailabilityRequest, AvailabilityResponse, FreeBusyOutcome } from '../../ews/index.ts';
import { createLabClient, findAccount, readLabInfo } from '../../lab/index.ts';
import { createTimeZone, toLocal } from '../../organization/index.ts';
import type { TimeZone } from '../../organization/index.ts';
import { describePath } from '../describe-path.ts';
import { renderFreeBusyTimeline } from '../free-busy-timeline.ts';
import type { TimelineRow } from '../free-busy-timeline.ts';
import type { CommandSurroundings } from '../surroundings.ts';
import { terminalOf } from '../surroundings.ts';
import { renderTable } from '../table.ts';
import { readTime } from '../time-argument.ts';
import type { TimeArgumentErrorCode } from '../time-argument.ts';

const optionsSchema = z.object({
  as: z.string(),
  for: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  view: z.string(),
  step: z.string(),
  basic: z.boolean().default(false),
  json: z.boolean().default(false),
  state: z.string(),
});

const views = ['MergedOnly', 'FreeBusy', 'FreeBusyMerged', 'Detailed', 'DetailedMerged'] as const;
const dayMs = 86_400_000;

/** `hybridge freebusy`: returns 0 when every mailbox answered, 1 when one did not. */
export async function runFreeBusy(given: Record<string, unknown>, surroundings: CommandSurroundings): Promise<number> {
  const options = optionsSchema.parse(given);
  const info = readLabInfo(resolve(options.state));
  const asker = findAccount(info, options.as);
  const zone = createTimeZone(asker.timeZone);
  const view = views.find((name) => name.toLowerCase() === options.view.toLowerCase());
  if (view === undefined) throw optionError(`"${options.view}" is not a view.`, `Choose one of ${views.join(', ')}.`);
  const step = Number(options.step);
  if (!Number.isInteger(step)) throw optionError(`"${options.step}" is not a number of minutes.`, 'Give --step a whole number from 5 to 1440.');
  const window = readWindow(options, zone);
  const addresses = options.for
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  if (addresses.length === 0) throw optionError('--for names nobody.', 'Give one or more addresses, separated by commas.');
  const request: AvailabilityRequest = {
    mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
    freeBusyView: { window, mergedFreeBusyIntervalInMinutes: step, requestedView: view },
  };
  const client = createLabClient(info);
  const requestId = createRequestId();
  try {
    const response = await client.lookUpFreeBusy({ asker, request, requestId, authentication: options.basic ? 'Basic' : 'Bearer' });
    const outcomes = response.freeBusy ?? [];
    const text = options.json
      ? JSON.stringify({ requestId, as: asker.address, window: isoWindow(window), results: addresses.map((address, index) => jsonResult(address, response, index)) }, undefined, 2)
      : draw(addresses, response, { window, step, zone, requestId, surroundings });
    surroundings.stdout.write(`${text}\n`);
    return outcomes.length === addresses.length && outcomes.every((outcome) => outcome.ok) ? 0 : 1;
  } finally {
    await client.close();
  }
}

interface Drawing {
  window: { start: number; end: number };
  step: number;
  zone: TimeZone;
  requestId: string;
  surroundings: CommandSurroundings;
}

function draw(addresses: readonly string[], response: AvailabilityResponse, drawing: Drawing): string {
  const { colour, width } = terminalOf(drawing.surroundings);
  const rows = addresses.map((address, index): TimelineRow => timelineRow(address, response.freeBusy?.[index]));
  const paths = addresses.map((address, index) => [address, describePath(response.paths?.[index]), durationOf(response, index)]);
  return [
    renderFreeBusyTimeline({ window: drawing.window, stepMinutes: drawing.step, zone: drawing.zone, rows, width, colour }),
    '',
    renderTable([{ header: 'Address' }, { header: 'Path', overflow: 'wrap' }, { header: 'Time', align: 'right' }], paths, { width }),
    '',
    `Request id ${drawing.requestId}`,
  ].join('\n');
}

function timelineRow(label: string, outcome: FreeBusyOutcome | undefined): TimelineRow {
  if (outcome === undefined) return { label, error: 'no answer' };
  if (!outcome.ok) return { label, error: `${outcome.failure.responseCode}: ${outcome.failure.messageText}` };
  const { view } = outcome;
  return { label, status: view.events ?? view.mergedFreeBusy ?? '', ...(view.workingHours === undefined ? {} : { workingHours: view.workingHours }) };
}

function durationOf(response: AvailabilityResponse, index: number): string {
  const path = response.paths?.[index];
  return path === undefined ? '' : `${path.durationMs.toFixed(0)} ms`;
}

function jsonResult(address: string, response: AvailabilityResponse, index: number): Record<string, unknown> {
  const outcome = response.freeBusy?.[index];
  const path = response.paths?.[index];
  if (outcome?.ok !== true) return { address, ok: false, ...(outcome?.failure ?? { responseCode: 'NoResponse' }), path };
  const { view } = outcome;
  return {
    address,
    ok: true,
    viewType: view.viewType,
    ...(view.mergedFreeBusy === undefined ? {} : { mergedFreeBusy: view.mergedFreeBusy }),
    ...(view.events === undefined ? {} : { events: view.events.map((event) => ({ ...event, start: iso(event.start), end: iso(event.end) })) }),
    ...(view.workingHours === undefined ? {} : { workingHours: view.workingHours }),
    path,
  };
}

function readWindow(options: { from?: string | undefined; to?: string | undefined }, zone: TimeZone): { start: number; end: number } {
  const today = Math.floor(toLocal(zone, systemClock.now()) / dayMs) * dayMs;
  const start = options.from === undefined ? zone.toInstant(today) : readTime(options.from, zone);
  const end = options.to === undefined ? zone.toInstant(toLocal(zone, start) + dayMs) : readTime(options.to, zone);
  if (end <= start) throw new HybridgeError<TimeArgumentErrorCode>('CLI_WINDOW_EMPTY', 'The window ends before it begins.', { remedy: 'Give a --to that is later than --from.' });
  return { start, end };
}

function isoWindow(window: { start: number; end: number }): { start: string; end: string } {
  return { start: iso(window.start), end: iso(window.end) };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function optionError(message: string, remedy: string): HybridgeError<TimeArgumentErrorCode> {
  return new HybridgeError('CLI_OPTION', message, { remedy });
}
