import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { createRequestId, systemClock } from '../../foundation/index.ts';
import type { AvailabilityRequest, AvailabilityResponse, FreeBusyOutcome } from '../../ews/index.ts';
import { createLabClient, findAccount, startLab } from '../../lab/index.ts';
import type { CalendarImport, LabAccount, LabClient, LabEvent, LabInfo } from '../../lab/index.ts';
import { formatInvocation } from '../../management/index.ts';
import { freeBusyTrusts } from '../../wizard/index.ts';
import { createTimeZone, toLocal } from '../../organization/index.ts';
import type { TimeZone } from '../../organization/index.ts';
import { describePath } from '../describe-path.ts';
import { truncate } from '../display-width.ts';
import type { CommandSurroundings } from '../surroundings.ts';
import { terminalOf } from '../surroundings.ts';
import { renderTable } from '../table.ts';
import type { TableCell } from '../table.ts';
import { createPaint } from '../terminal.ts';
import type { Paint } from '../terminal.ts';
import { describeAddresses } from './lab-info.ts';

const optionsSchema = z.object({
  once: z.boolean().default(false),
  fresh: z.boolean().default(false),
  calendars: z.string().optional(),
  freeBusy: z.enum(freeBusyTrusts, { error: `--free-busy takes ${freeBusyTrusts.join(', ')}` }).optional(),
  hybridApp: z.enum(['shared', 'dedicated'], { error: '--hybrid-app takes shared, dedicated' }).optional(),
  setup: z.boolean().default(true),
  ntlm: z.boolean().default(false),
  portBase: z.coerce.number().optional(),
  state: z.string(),
});

const dayMs = 86_400_000;

/** `hybridge lab`: returns 0, 1 when a lookup of the table failed (with `--once`), 130 when it was stopped before the table. */
export async function runLab(given: Record<string, unknown>, surroundings: CommandSurroundings): Promise<number> {
  const options = optionsSchema.parse(given);
  const terminal = terminalOf(surroundings);
  const paint = createPaint(terminal.colour);
  const print = (text: string): void => void surroundings.stdout.write(`${text}\n`);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  surroundings.once('SIGINT', onSignal);
  surroundings.once('SIGTERM', onSignal);
  try {
    print(paint('bold', 'Starting the lab'));
    const lab = await startLab({
      stateDirectory: resolve(options.state),
      fresh: options.fresh,
      setUp: options.setup,
      ntlm: options.ntlm,
      ...(options.freeBusy === undefined ? {} : { freeBusy: options.freeBusy }),
      ...(options.hybridApp === undefined ? {} : { hybridApplication: options.hybridApp }),
      ...(options.calendars === undefined ? {} : { calendarsDirectory: resolve(options.calendars) }),
      ...(options.portBase === undefined ? {} : { portBase: options.portBase }),
      signal: stop.signal,
      processId: surroundings.pid,
      onEvent: createEventPrinter(print, paint, terminal.width),
    });
    try {
      const client = createLabClient(lab.info);
      let failed: number;
      try {
        const request: TableRequest = { info: lab.info, client, print, paint, width: terminal.width };
        failed = options.setup ? await showTable(request) : 0;
        if (lab.imports.length > 0) failed += await showImported(request, lab.imports);
      } finally {
        await client.close();
      }
      if (options.once) return failed === 0 ? 0 : 1;
      print(`\n${paint('bold', 'The lab is up.')}\n\n${describeAddresses(lab.info)}\n`);
      print(`Accounts    npx hybridge lab info\nAsk         npx hybridge freebusy --as anna@contoso.test --for bert@contoso.test,room1@contoso.test\nStop        Ctrl-C (state is kept in ${shortPath(lab.info.stateDirectory)}; --fresh begins again)`);
      await aborted(stop.signal);
      print('\nStopping.');
      return 0;
    } finally {
      await lab.close();
    }
  } finally {
    surroundings.off('SIGINT', onSignal);
    surroundings.off('SIGTERM', onSignal);
  }
}

function createEventPrinter(print: (text: string) => void, paint: Paint, width: number): (event: LabEvent) => void {
  let section = '';
  const begin = (title: string): void => {
    if (section !== title) print(`\n${paint('bold', title)}`);
    section = title;
  };
  return (event) => {
    switch (event.kind) {
      case 'starting':
        return;
      case 'started':
        if (section !== '') begin('Starting the other parties');
        return print(`  ${paint('green', '✓')} ${event.text} ${paint('dim', `(${Math.round(event.durationMs)} ms)`)}`);
      case 'imported': {
        begin('Importing calendars');
        const { result } = event;
        const mark = result.outcome === 'imported' ? paint('green', '✓') : paint('yellow', '–');
        const said = result.outcome === 'imported' ? `${result.items} item${result.items === 1 ? '' : 's'} → ${result.address ?? ''}${result.note === undefined ? '' : ` (${result.note})`}` : `refused: ${result.note ?? ''}`;
        return print(`  ${mark} ${result.file}: ${said}`);
      }
      case 'step': {
        begin('Configuring hybrid free/busy');
        const { step, outcome, invocations } = event.report;
        print(`  ${paint('green', '✓')} ${step.title}: ${outcome}`);
        for (const invocation of invocations) print(paint('dim', truncate(`      ${invocation.session.padEnd(10)} ${formatInvocation(invocation)}`, width)));
        return;
      }
      case 'proof':
        return print(`  ${event.result.ok ? paint('green', '✓') : paint('red', '✗')} Lookup ${event.title}: ${event.result.detail}`);
    }
  };
}

interface TableRequest {
  info: LabInfo;
  client: LabClient;
  print: (text: string) => void;
  paint: Paint;
  width: number;
}

/** Looks both ways across the tunnel and prints who was found how. Returns the number of lookups that failed. */
async function showTable({ info, client, print, paint, width }: TableRequest): Promise<number> {
  print(`\n${paint('bold', 'Free/busy across the two organisations')} ${paint('dim', new Date(systemClock.now()).toISOString())}`);
  const inCloud = pick(info, 'cloud', ['anna'], 5);
  const onPremises = pick(info, 'on-premises', ['bert', 'room1'], 5);
  const questions = [
    { asker: findAccount(info, 'anna'), whom: [...onPremises, ...inCloud.slice(1, 2)] },
    { asker: findAccount(info, 'bert'), whom: [...inCloud, ...onPremises.slice(2, 3)] },
  ];
  let failed = 0;
  for (const { asker, whom } of questions) {
    const requestId = createRequestId();
    const addresses = whom.map((account) => account.address);
    const response = await client.lookUpFreeBusy({ asker, requestId, request: wholeDay(asker, addresses) });
    const rows = addresses.map((address, index): TableCell[] => [address, answerCell(response.freeBusy?.[index]), describePath(response.paths?.[index]), timeOf(response, index)]);
    failed += addresses.filter((_, index) => !isAnswered(response.freeBusy?.[index])).length;
    print(`\n${asker.address} ${paint('dim', `(${asker.side})`)} asks, request id ${requestId}\n`);
    print(renderTable([{ header: 'Whom', minimumWidth: 20 }, { header: 'Answer', minimumWidth: 12 }, { header: 'Path', overflow: 'wrap', minimumWidth: 18 }, { header: 'Time', align: 'right' }], rows, { width, paint }));
  }
  print(`\nA request id stands in the logs of all that took part:  grep -r <request id> ${shortPath(info.stateDirectory)}/logs`);
  return failed;
}

/** Each imported file once more: somebody of the other organisation looks at the day of its first item. */
async function showImported({ info, client, print, paint, width }: TableRequest, imports: readonly CalendarImport[]): Promise<number> {
  const rows: TableCell[][] = [];
  let failed = 0;
  for (const { file, address, firstStart } of imports) {
    if (address === undefined || firstStart === undefined) continue;
    const asker = findAccount(info, findAccount(info, address).side === 'cloud' ? 'bert' : 'anna');
    const zone = createTimeZone(asker.timeZone);
    const request = dayFrom(zone, Math.floor(toLocal(zone, firstStart) / dayMs) * dayMs, [address]);
    const response = await client.lookUpFreeBusy({ asker, requestId: createRequestId(), request, authentication: 'Basic' });
    const [outcome] = response.freeBusy ?? [];
    if (!isAnswered(outcome)) failed++;
    rows.push([file, address, new Date(toLocal(zone, firstStart)).toISOString().slice(0, 10), answerCell(outcome)]);
  }
  print(`\n${paint('bold', 'Imported calendars, seen from the other organisation')}\n`);
  print(renderTable([{ header: 'File', minimumWidth: 16 }, { header: 'Whose', minimumWidth: 12 }, { header: 'Day' }, { header: 'Answer' }], rows, { width, paint }));
  return failed;
}

/** The next working day of the asker, from midnight to midnight. */
function wholeDay(asker: LabAccount, addresses: readonly string[]): AvailabilityRequest {
  const zone = createTimeZone(asker.timeZone);
  return dayFrom(zone, nextWorkday(toLocal(zone, systemClock.now())), addresses);
}

function dayFrom(zone: TimeZone, midnight: number, addresses: readonly string[]): AvailabilityRequest {
  return {
    mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
    freeBusyView: { window: { start: zone.toInstant(midnight), end: zone.toInstant(midnight + dayMs) }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'DetailedMerged' },
  };
}

/** Some accounts of a side: the named ones first. */
function pick(info: LabInfo, side: LabAccount['side'], names: readonly string[], count: number): readonly LabAccount[] {
  const named = names.map((name) => findAccount(info, name));
  const others = info.accounts.filter((account) => account.side === side && account.kind === 'user' && !/^(?:anna|bert)@/.test(account.address) && !named.includes(account));
  return [...named, ...others].slice(0, count);
}

/** A calendar that its owner does not share was found and has answered. */
function isAnswered(outcome: FreeBusyOutcome | undefined): boolean {
  return outcome !== undefined && (outcome.ok || outcome.failure.responseCode === 'ErrorNoFreeBusyAccess');
}

function answerCell(outcome: FreeBusyOutcome | undefined): TableCell {
  if (outcome === undefined) return { text: 'no answer', style: 'red' };
  if (!outcome.ok) return outcome.failure.responseCode === 'ErrorNoFreeBusyAccess' ? { text: 'no access (calendar permission)', style: 'yellow' } : { text: outcome.failure.responseCode, style: 'red' };
  const busy = (outcome.view.mergedFreeBusy ?? '').replace(/[^23]/g, '').length;
  return busy === 0 ? 'free all day' : `busy ${busy / 2} h`;
}

function timeOf(response: AvailabilityResponse, index: number): string {
  const path = response.paths?.[index];
  return path === undefined ? '' : `${Math.round(path.durationMs)} ms`;
}

/** Relative to where we are, where that is shorter. */
function shortPath(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}

/** Midnight of today, or of Monday on a weekend. */
function nextWorkday(local: number): number {
  const midnight = Math.floor(local / dayMs) * dayMs;
  const day = new Date(midnight).getUTCDay();
  return midnight + (day === 6 ? 2 : day === 0 ? 1 : 0) * dayMs;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
