import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HybridgeError } from '../../foundation/index.ts';
import { labOrganizationFiles } from '../../lab/index.ts';
import { isMailbox, openOrganization } from '../../organization/index.ts';
import type { Organization, Recipient } from '../../organization/index.ts';
import { exitCodes, loadConfiguration } from '../../service/index.ts';
import { premisesConfigurationSchema } from '../configuration/premises-configuration.ts';
import { importSources } from '../import/import-sources.ts';
import type { ImportCounts, ImportOutcome } from '../import/import-sources.ts';
import { listSources } from '../import/list-sources.ts';
import type { CommandSurroundings } from '../surroundings.ts';
import { terminalOf } from '../surroundings.ts';
import { renderTable } from '../table.ts';
import { createPaint } from '../terminal.ts';
import type { TimeArgumentErrorCode } from '../time-argument.ts';

export type ImportErrorCode = 'CLI_IMPORT_MAILBOX';

const optionsSchema = z.object({
  mailbox: z.string(),
  config: z.string().optional(),
  state: z.string().optional(),
  folder: z.string(),
  read: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** Between two looks at the progress, milliseconds. */
const progressInterval = 250;

/**
 * `hybridge import`: mail and events from files into a mailbox of an organisation, whose data it opens beside the running
 * party, if there is one. Returns 0 when all was imported or there already, 1 when something was refused, 130 when a
 * signal ended it; then it goes on where it was with the next run.
 */
export async function runImport(paths: readonly string[], given: Record<string, unknown>, surroundings: CommandSurroundings): Promise<number> {
  const options = optionsSchema.parse(given);
  const folder = options.folder.split('/').map((name) => name.trim()).filter((name) => name !== '');
  if (folder.length === 0) throw new HybridgeError<TimeArgumentErrorCode>('CLI_OPTION', '--folder names no folder.', { remedy: 'Write it as Inbox or Archive/2019.' });
  const { organization, recipient } = await openMailbox(options, surroundings);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  surroundings.once('SIGINT', onSignal);
  surroundings.once('SIGTERM', onSignal);
  const began = performance.now();
  const progress = progressLine(surroundings, began);
  try {
    const outcome = await importSources({ organization, recipient, folder, sources: listSources(paths.map((path) => resolve(path))), asRead: options.read, dryRun: options.dryRun, signal: stop.signal, onProgress: progress.show });
    progress.clear();
    const report = { mailbox: recipient.primarySmtpAddress, dryRun: options.dryRun, seconds: (performance.now() - began) / 1000, ...outcome };
    surroundings.stdout.write(`${options.json ? JSON.stringify(report, undefined, 2) : describe(report, surroundings)}\n`);
    if (!outcome.isComplete) return exitCodes.stopped;
    return outcome.refusals.length === 0 ? exitCodes.ok : exitCodes.negative;
  } finally {
    progress.clear();
    surroundings.off('SIGINT', onSignal);
    surroundings.off('SIGTERM', onSignal);
    await organization.close();
  }
}

/** The organisation that has the mailbox, open. @throws HybridgeError `CLI_IMPORT_MAILBOX` */
async function openMailbox({ mailbox, config, state }: z.output<typeof optionsSchema>, { env }: CommandSurroundings): Promise<{ organization: Organization; recipient: Recipient }> {
  for (const file of organizationFiles(config, state, env)) {
    const organization = await openOrganization({ file, shared: true });
    const recipient = await organization.directory.resolve(mailbox);
    if (recipient !== undefined && isMailbox(recipient)) return { organization, recipient };
    await organization.close();
  }
  throw new HybridgeError<ImportErrorCode>('CLI_IMPORT_MAILBOX', `Nobody has a mailbox with the address ${mailbox}.`, { remedy: 'Look with Get-Mailbox; a mail user or contact has none here.' });
}

function organizationFiles(config: string | undefined, state: string | undefined, environment: CommandSurroundings['env']): readonly string[] {
  if (config === undefined) return labOrganizationFiles(resolve(state ?? '.hybridge/lab'));
  if (state !== undefined) throw new HybridgeError<TimeArgumentErrorCode>('CLI_OPTION', '--config and --state name two different things.', { remedy: 'Give --state for a lab, --config for any other organisation.' });
  const configuration = loadConfiguration({ file: resolve(config), schema: premisesConfigurationSchema, prefix: 'HYBRIDGE_PREMISES', environment });
  const file = join(configuration.path(configuration.settings.stateDirectory), 'organization.sqlite');
  if (!existsSync(file)) throw new HybridgeError<ImportErrorCode>('CLI_IMPORT_MAILBOX', `There is no organisation at ${file}.`, { remedy: 'Start it once with "hybridge premises".' });
  return [file];
}

interface Progress {
  show(counts: ImportCounts): void;
  clear(): void;
}

/** One line that is written anew, where a person sits. */
function progressLine({ stdout, stderr, env }: CommandSurroundings, began: number): Progress {
  if (!terminalOf({ stdout, stderr, env } as CommandSurroundings).interactive) return { show: () => undefined, clear: () => undefined };
  let last = 0;
  let isShown = false;
  return {
    show(counts) {
      const now = performance.now();
      if (now - last < progressInterval) return;
      last = now;
      isShown = true;
      stderr.write(`\r\u001b[K${counts.messages} messages, ${counts.events} events, ${mebibytes(counts.bytes)} (${mebibytes((counts.bytes * 1000) / Math.max(1, now - began))}/s)`);
    },
    clear() {
      if (isShown) stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}

function describe(report: ImportOutcome & { mailbox: string; dryRun: boolean; seconds: number }, surroundings: CommandSurroundings): string {
  const { counts, refusals, ignored, isComplete, dryRun, seconds } = report;
  const { colour, width } = terminalOf(surroundings);
  const parts = [`${counts.messages} messages`, `${counts.events} events`, ...(counts.replaced === 0 ? [] : [`${counts.replaced} events in place of earlier versions`])];
  const lines = [`${dryRun ? 'Would be imported into' : 'Imported into'} ${report.mailbox}: ${parts.join(', ')} (${mebibytes(counts.bytes)} in ${seconds.toFixed(1)} s).`];
  if (counts.present > 0) lines.push(`There already: ${counts.present}.`);
  const kinds = Object.entries(ignored).map(([kind, number]) => `${number} ${kind}`);
  if (kinds.length > 0) lines.push(`Passed over in calendar files: ${kinds.join(', ')}.`);
  if (!isComplete) lines.push('Stopped early. Run it again: it goes on where it was.');
  if (refusals.length > 0) {
    const columns = [{ header: 'Refused', overflow: 'wrap' as const, minimumWidth: 20 }, { header: 'Reason', overflow: 'wrap' as const, minimumWidth: 20 }];
    lines.push('', renderTable(columns, refusals.map(({ source, reason }) => [source, reason]), { width, paint: createPaint(colour) }));
  }
  return lines.join('\n');
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
