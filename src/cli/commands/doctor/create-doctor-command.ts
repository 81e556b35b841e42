import { Command } from 'commander';
import { HybridgeError, systemClock } from '../../../foundation/index.ts';
import { catalogue, examineTokens, findFailure, ownCodes, recognizeText, reportOfText } from '../../../doctor/index.ts';
import { exitCodes } from '../../../service/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import { renderTable } from '../../table.ts';
import { createPaint } from '../../terminal.ts';
import { decodeText } from './decode-text.ts';
import type { DiagnoseOptions } from './diagnose-free-busy.ts';
import type { EvidenceOptions } from './evidence.ts';
import type { LiveOptions } from './live.ts';
import { allTopics, liveTopics } from './live-topics.ts';
import type { WatchOptions } from './watch.ts';
import { failureJson, recognitionJson } from './failure-json.ts';
import { renderTokens } from './render-tokens.ts';
import { renderFailure, renderRecognitions } from './render-failure.ts';

export type DoctorCommandErrorCode = 'CLI_DOCTOR_NO_TEXT' | 'CLI_DOCTOR_UNKNOWN_FAILURE';

export type DoctorSurroundings = CommandSurroundings & { stdin: NodeJS.ReadableStream & { isTTY?: boolean } };

/** More than any error that a person pastes; a log of this size is not a text to recognise. */
const longestInput = 4_000_000;

/** `hybridge doctor`: recognises errors and explains failures. `finished` gets exit codes. */
export function createDoctorCommand(surroundings: DoctorSurroundings, finished: (exitCode: number) => void): Command {
  const doctor = new Command('hybridge doctor')
    .description('names the cause of a hybrid failure, how to prove it and how to repair it')
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .argument('[text...]', 'an error or a token as it was pasted; without it, or with -, it is read from standard input')
    .option('--html <file>', 'also write a report as one page without scripts, with every cause')
    .option('--json', 'for scripts')
    .addHelpText('after', '\nExit codes: 0 recognised, 1 not recognised, 64 wrong use.\n\nExamples:\n  hybridge doctor "The request failed with HTTP status 401: Unauthorized"\n  Get-Clipboard | hybridge doctor\n  hybridge doctor explain FB10\n  hybridge doctor "x-hybridge-error: RELAY_NO_AGENT"')
    .action(async (words: string[], options: TextOptions) => {
      finished(await diagnoseText(words, options, surroundings));
    });
  doctor
    .command('explain <id>')
    .description('everything about one failure, by its id, or about one of Hybridge’s error codes')
    .option('--json', 'for scripts')
    .action((id: string, options: { json?: boolean }) => {
      const failure = findFailure(id) ?? ownCodes.get(id.toUpperCase());
      if (failure === undefined) throw new HybridgeError<DoctorCommandErrorCode>('CLI_DOCTOR_UNKNOWN_FAILURE', `There is no failure ${id}.`, { remedy: 'See the ids with: hybridge doctor list' });
      surroundings.stdout.write(`${options.json === true ? JSON.stringify(failureJson(failure), undefined, 2) : renderFailure(failure, screenOf(surroundings))}\n`);
      finished(exitCodes.ok);
    });
  withRepair(doctor.command('freebusy').description('why one person cannot see whether another is free: probes along the path; --fix repairs'))
    .requiredOption('--from <address>', 'who asks')
    .requiredOption('--to <address>', 'whose free/busy')
    .option('--state <dir>', 'state folder of a running lab (default: .hybridge/lab)')
    .option('--config <file>', 'YAML file of connections, as for hybridge certificates')
    .option('--url <url>', 'address of EWS at which who asks has the mailbox: the lookup is repeated there')
    .option('--ca <file>', 'authorities to trust besides the known ones')
    .option('--user <name>', 'who asks; with --password-file')
    .option('--password-file <file>', 'file that holds the password')
    .option('--token-file <file>', 'file that holds a token for EWS')
    .option('--html <file>', 'also write a report as one page without scripts')
    .option('--json', 'for scripts')
    .action(async (options: DiagnoseOptions) => {
      const { runDiagnosis } = await import('./diagnose-free-busy.ts');
      finished(await runDiagnosis(options, surroundings));
    });
  doctor
    .command('evidence')
    .description('reads logs, traces, exports and certificates together: one time line, findings with the very lines')
    .argument('<paths...>', 'files and folders; what they are is told by their content')
    .option('--offset <offset>', 'how far local times are ahead of UTC where nothing tells, such as +02:00')
    .option('--time-zone <zone>', 'of local times where nothing tells: Europe/Berlin, or "W. Europe Standard Time"')
    .option('--timeline <entries>', 'how many of the last entries of the time line to show', '20')
    .option('--html <file>', 'also write a report as one page without scripts')
    .option('--json', 'for scripts')
    .addHelpText('after', '\nExit codes: 0 nothing known is wrong, 1 something is, 3 nothing could be read, 64 wrong use.')
    .action(async (paths: string[], options: EvidenceOptions) => {
      const { runEvidence } = await import('./evidence.ts');
      finished(await runEvidence(paths, options, surroundings));
    });
  doctor
    .command('redact')
    .description('writes a copy of evidence that may be shared: secrets masked, people, hosts and addresses under pseudonyms')
    .argument('<in>', 'a file or a folder')
    .argument('<out>', 'where the copy goes; it must not exist yet')
    .option('--keep-names', 'mask secrets only')
    .action(async (from: string, to: string, options: { keepNames?: boolean }) => {
      const { runRedact } = await import('./redact.ts');
      finished(await runRedact(from, to, options, surroundings));
    });
  for (const topic of ['hma', 'agent', 'move', 'setup', 'certificates', 'all'] as const) {
    const command = withPlace(doctor.command(topic).description(topicDescriptions[topic]));
    if (topic === 'all') withPeople(command);
    else if (topic !== 'certificates') withRepair(command);
    command
      .option('--html <file>', 'also write a report as one page without scripts')
      .option('--json', 'for scripts')
      .addHelpText('after', '\nExit codes: 0 all is well, 1 a probe failed, 3 nothing could be looked at, 64 wrong use.')
      .action(async (options: LiveOptions) => {
        const { runLive } = await import('./live.ts');
        finished(await runLive(topic === 'all' ? allTopics : [topic], { ...options, isModernExpected: topic !== 'all' }, surroundings));
      });
  }
  withPeople(withPlace(doctor.command('watch').description('looks on a schedule and shows what it saw as Prometheus metrics')))
    .argument('[topics...]', `${liveTopics.join(', ')} (default: all but setup)`)
    .option('--every <interval>', '60s, 5m, 1h', '5m')
    .option('--listen <address>', 'where the metrics are', '127.0.0.1:9464')
    .action(async (given: string[], options: WatchOptions) => {
      const unknown = given.find((topic) => !(liveTopics as readonly string[]).includes(topic));
      if (unknown !== undefined) doctor.error(`There is no topic ${unknown}: ${liveTopics.join(', ')}.`);
      const { runWatch } = await import('./watch.ts');
      finished(await runWatch(given.length === 0 ? allTopics : liveTopics.filter((topic) => given.includes(topic)), { ...options, isModernExpected: given.includes('hma') }, surroundings));
    });
  doctor
    .command('list')
    .description('all failures that are known, with their ids')
    .option('--json', 'for scripts')
    .action((options: { json?: boolean }) => {
      const { width, paint } = screenOf(surroundings);
      const rows = catalogue.map(({ id, title, directions, authentication, causes }) => [id, title, directions.join(', '), authentication.join(', '), String(causes.length)]);
      const columns = [{ header: 'Id' }, { header: 'What is seen', minimumWidth: 30 }, { header: 'Direction', minimumWidth: 12 }, { header: 'Authentication', minimumWidth: 8 }, { header: 'Causes', align: 'right' as const }];
      surroundings.stdout.write(`${options.json === true ? JSON.stringify(catalogue.map(failureJson), undefined, 2) : renderTable(columns, rows, { width, paint })}\n`);
      finished(exitCodes.ok);
    });
  return doctor;
}

const topicDescriptions = {
  hma: 'modern authentication: why somebody does not get in (--user), configuration, address, TLS, challenge, EWS',
  agent: 'agents and their links, the published address, MRSProxy, TLS, EWS',
  move: 'why moves are refused: MRSProxy, rights of the servers, agents, the published address',
  setup: 'why the wizard leaves the OAuth portion out (HCW8064): Auth certificate, connections, connectors',
  certificates: 'every certificate of both sides, as hybridge certificates check',
  all: 'free/busy both ways, hma, agent, move and certificates',
} as const;

function withPlace(command: Command): Command {
  return command
    .option('--url <url>', 'address of EWS, or a host: alone, it is looked at as a stranger can')
    .option('--state <dir>', 'state folder of a running lab (default: .hybridge/lab, where nothing else is named)')
    .option('--config <file>', 'YAML file of connections, as for hybridge certificates')
    .option('--ca <file>', 'authorities to trust besides the known ones')
    .option('--user <name>', 'who does not get in; with --password-file: sign in to EWS too')
    .option('--password-file <file>', 'file that holds the password')
    .option('--token-file <file>', 'file that holds a token for EWS')
    .option('--client <file>', 'registry of the person’s machine, as reg export wrote it');
}

function withRepair(command: Command): Command {
  return command
    .option('--fix', 'show the repair, run it after consent, and look again')
    .option('--yes', 'with --fix: consent is given')
    .option('--undo <file>', 'with --fix: where to write the undo (default: hybridge-undo-….ps1 here)');
}

function withPeople(command: Command): Command {
  return command.option('--from <address>', 'for free/busy both ways: somebody of one side').option('--to <address>', 'somebody of the other side');
}

interface TextOptions {
  json?: boolean;
  html?: string;
}

async function diagnoseText(words: readonly string[], { json: asJson = false, html }: TextOptions, surroundings: DoctorSurroundings): Promise<number> {
  const given = words.join(' ');
  const text = given === '' || given === '-' ? await readInput(surroundings.stdin) : given;
  if (text.trim() === '') throw new HybridgeError<DoctorCommandErrorCode>('CLI_DOCTOR_NO_TEXT', 'There is no text to recognise.', { remedy: 'hybridge doctor "the error", or pipe it in.' });
  const recognitions = recognizeText(text);
  const tokens = recognitions.length > 0 ? [] : examineTokens(text, systemClock.now());
  if (html !== undefined) {
    const { writeReport } = await import('./evidence.ts');
    writeReport(html, reportOfText({ text, recognitions, tokens }, systemClock.now()));
  }
  if (tokens.length > 0) {
    surroundings.stdout.write(`${asJson ? JSON.stringify({ recognized: [], tokens }, undefined, 2) : renderTokens(tokens, screenOf(surroundings))}\n`);
    return exitCodes.ok;
  }
  surroundings.stdout.write(`${asJson ? JSON.stringify({ recognized: recognitions.map(recognitionJson) }, undefined, 2) : renderRecognitions(recognitions, screenOf(surroundings))}\n`);
  return recognitions.length > 0 ? exitCodes.ok : exitCodes.negative;
}

/** PowerShell writes UTF-16 into files and UTF-8 into pipes; both come here. */
async function readInput(stdin: DoctorSurroundings['stdin']): Promise<string> {
  if (stdin.isTTY === true) return '';
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > longestInput) break;
  }
  return decodeText(Buffer.concat(chunks).subarray(0, longestInput));
}

function screenOf(surroundings: CommandSurroundings): { width: number; paint: ReturnType<typeof createPaint> } {
  const terminal = terminalOf(surroundings);
  return { width: terminal.width, paint: createPaint(terminal.colour) };
}
