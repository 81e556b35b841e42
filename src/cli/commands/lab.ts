import { resolve } from 'node:path';
import { z } from 'zod';
import { createRequestId, systemClock } from '../../foundation/index.ts';
import type { AvailabilityResponse, FreeBusyOutcome } from '../../ews/index.ts';
import { createLabClient, findAccount, startLab } from '../../lab/index.ts';
import type { LabAccount, LabClient, LabEvent, LabInfo } from '../../lab/index.ts';
import { createTimeZone, toLocal } from '../../organization/index.ts';
import { describePath } from '../describe-path.ts';
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
      ...(options.calendars === undefined ? {} : { calendarsDirectory: resolve(options.calendars) }),
      ...(options.portBase === undefined ? {} : { portBase: options.portBase }),
      signal: stop.signal,
      processId: surroundings.pid,
      onEvent: createEventPrinter(print, paint),
    });
    try {
      const client = createLabClient(lab.info);
      let failed: number;
      try {
        failed = await showTable({ info: lab.info, client, print, paint, width: terminal.width });
      } finally {
        await client.close();
      }
      if (options.once) return failed === 0 ? 0 : 1;
      print(`\n${paint('bold', 'The lab is up.')}\n\n${describeAddresses(lab.info, terminal.width)}\n`);
      print(`Accounts    npx hybridge lab info\nAsk         npx hybridge freebusy --as anna@contoso.test --for bert@contoso.test,room1@contoso.test\nStop        Ctrl-C (state is kept in ${lab.info.stateDirectory}; --fresh begins again)`);
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

function createEventPrinter(print: (text: string) => void, paint: Paint): (event: LabEvent) => void {
  let stepsBegun = false;
  return (event) => {
    switch (event.kind) {
      case 'starting':
        return;
      case 'started':
        return print(`  ${paint('green', '✓')} ${event.text} ${paint('dim', `(${Math.round(event.durationMs)} ms)`)}`);
      case 'imported': {
        const { result } = event;
        const mark = result.outcome === 'imported' ? paint('green', '✓') : paint('yellow', '–');
        const said = result.outcome === 'imported' ? `${result.items} item${result.items === 1 ? '' : 's'} → ${result.address ?? ''}${result.note === undefined ? '' : ` (${result.note})`}` : `refused: ${result.note ?? ''}`;
        return print(`  ${mark} ${result.file}: ${said}`);
      }
      case 'step': {
        if (!stepsBegun) print(`\n${paint('bold', 'Configuring hybrid free/busy')}`);
        stepsBegun = true;
        const { step, outcome, invocations } = event.report;
        print(`  ${paint('green', '✓')} ${step.title}: ${outcome}`);
        for (const line of invocations) print(paint('dim', `      ${line.session.padEnd(10)} ${line.cmdlet}`));
      }
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
  const rows: TableCell[][] = [];
  let failed = 0;
  for (const [asker, others] of [
    [findAccount(info, 'anna'), pick(info, 'on-premises', ['bert', 'room1'], 5)],
    [findAccount(info, 'bert'), pick(info, 'cloud', ['anna'], 5)],
  ] as const) {
    const colleague = pick(info, asker.side, [], 1);
    const addresses = [...others, ...colleague].map((account) => account.address);
    const requestId = createRequestId();
    const zone = createTimeZone(asker.timeZone);
    const start = zone.toInstant(nextWorkday(toLocal(zone, systemClock.now())));
    const response = await client.lookUpFreeBusy({
      asker,
      requestId,
      request: {
        mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
        freeBusyView: { window: { start, end: start + dayMs }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'DetailedMerged' },
      },
    });
    for (const [index, address] of addresses.entries()) {
      const outcome = response.freeBusy?.[index];
      if (!isAnswered(outcome)) failed++;
      rows.push([index === 0 ? asker.address : '', address, answerCell(outcome), describePath(response.paths?.[index], relayHost(info)), timeOf(response, index), index === 0 ? requestId : '']);
    }
  }
  print(`\n${paint('bold', 'Free/busy across the two organisations')} ${paint('dim', `(${new Date(systemClock.now()).toISOString()})`)}\n`);
  print(
    renderTable(
      [{ header: 'Who asks', minimumWidth: 17 }, { header: 'Whom', minimumWidth: 20 }, { header: 'Answer', minimumWidth: 12 }, { header: 'Path', overflow: 'wrap', minimumWidth: 18 }, { header: 'Time', align: 'right' }, { header: 'Request id', overflow: 'wrap', minimumWidth: 18 }],
      rows,
      { width, paint },
    ),
  );
  print(`\nEach request id stands in the log of every party that saw it:  grep -r <request id> ${info.stateDirectory}/logs`);
  return failed;
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
  const busy = [...(outcome.view.mergedFreeBusy ?? '')].filter((digit) => digit === '2' || digit === '3').length;
  return busy === 0 ? 'free all day' : `busy ${busy / 2} h`;
}

function timeOf(response: AvailabilityResponse, index: number): string {
  const path = response.paths?.[index];
  return path === undefined ? '' : `${Math.round(path.durationMs)} ms`;
}

function relayHost(info: LabInfo): string {
  return new URL(info.parties.relay.namedUrls['endpoint'] ?? 'https://none.invalid').hostname;
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
