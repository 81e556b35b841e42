import { Command, InvalidArgumentError, Option } from 'commander';
import { HybridgeError } from '../../../foundation/index.ts';
import { describeError, exitCodes } from '../../../service/index.ts';
import type { Assessment, RenewalTopic, Thresholds } from '../../../wizard/index.ts';
import { assessCertificates, renewalDefaults, takeInventory } from '../../../wizard/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import type { CertificatePlace, CertificatesErrorCode } from './certificate-connections.ts';
import { connectCertificates } from './certificate-connections.ts';
import { certificatesJson } from './certificates-json.ts';
import { checkExitCodes, checkLine } from './check-line.ts';
import { problemsOf, renderCertificateDetails, renderCertificates } from './render-certificates.ts';
import { renewCertificates } from './renew.ts';

interface PlaceOptions extends Omit<CertificatePlace, 'tls'> {
  tls?: string[];
  json?: boolean;
}

const topics: readonly RenewalTopic[] = ['auth', 'federation', 'trust'];

/** `hybridge certificates`: shows, checks and renews the certificates of both sides. `finished` gets exit codes. */
export function createCertificatesCommand(surroundings: CommandSurroundings, finished: (exitCode: number) => void): Command {
  const certificates = new Command('hybridge certificates').description('the certificates of both organisations, token service, relay, agents and TLS servers').exitOverride().enablePositionalOptions().showSuggestionAfterError();
  const place = (command: Command): Command =>
    command
      .option('--state <dir>', 'state folder of a running lab (default: .hybridge/lab, where nothing else is named)')
      .option('--config <file>', 'certificates.yaml with the connections; or HYBRIDGE_CERTIFICATES_CONFIG')
      .option('--tls <addresses...>', 'also look at these TLS servers, host:port; alone: only at them')
      .option('--ca <file>', 'authorities to trust besides the known ones')
      .option('--json', 'for scripts');
  const thresholds = (command: Command): Command =>
    command.option('--warning-days <days>', 'warn when fewer are left', days, 30).option('--critical-days <days>', 'critical when fewer are left', days, 7);

  thresholds(place(certificates.command('list').description('shows every certificate, and whether the other side has the same one')))
    .option('--details', 'all that is known of each: subject, where it is used, who renews it')
    .action(async (options: PlaceOptions & Thresholds & { details?: boolean }) => {
      const assessment = await assess(options, surroundings);
      const screen = terminalOf(surroundings);
      const text = options.json === true ? certificatesJson(assessment) : options.details === true ? renderCertificateDetails(assessment, screen) : renderCertificates(assessment, screen);
      surroundings.stdout.write(`${text}\n`);
      finished(exitCodes.ok);
    });

  thresholds(place(certificates.command('check').description('for monitoring: 0 ok, 1 warning, 2 critical, 3 unknown'))).action(async (options: PlaceOptions & Thresholds) => {
    finished(await check(options, surroundings));
  });

  place(certificates.command('renew').description('plans a renewal without an outage and prints it as PowerShell; --apply runs what is due'))
    .argument('[what...]', `${topics.join(', ')} (default: all of them)`)
    .option('--apply', 'run what is due, and verify by looking again')
    .option('--force', 'begin even though the certificate has time enough')
    .option('--renew-days <days>', 'renew what has fewer left', days, renewalDefaults.renewDays)
    .addOption(new Option('--effective-hours <hours>', 'between naming the next Auth certificate and its taking over').argParser(hours).default(renewalDefaults.effectiveHours))
    .addOption(new Option('--overlap-hours <hours>', 'that the former Auth certificate is kept').argParser(hours).default(renewalDefaults.overlapHours))
    .action(async (what: string[], options: PlaceOptions & { apply?: boolean; force?: boolean; renewDays: number; effectiveHours: number; overlapHours: number }) => {
      const wanted = what.length === 0 ? topics : what.map(topicOf);
      const { renewDays, effectiveHours, overlapHours } = options;
      if (options.force === true && what.length === 0) throw optionError('--force was given for nothing in particular.', `Say what to renew: ${topics.join(', ')}.`);
      finished(await renewCertificates(wanted, placeOf(options), { apply: options.apply === true, json: options.json === true, force: options.force === true, renewDays, effectiveHours, overlapHours }, surroundings));
    });
  return certificates;
}

/** A plug-in that cannot look says so with 3, never with a code that means something else. */
async function check(options: PlaceOptions & Thresholds, surroundings: CommandSurroundings): Promise<number> {
  let assessment: Assessment;
  try {
    assessment = await assess(options, surroundings);
  } catch (error) {
    surroundings.stdout.write(`CERTIFICATES UNKNOWN - ${describeError(error).replaceAll('|', '/')}\n`);
    return checkExitCodes.unknown;
  }
  // One line for each problem, as long as it is: monitoring systems wrap by themselves.
  const lines = [checkLine(assessment, options), ...problemsOf(assessment).map(({ severity, text, remedy }) => `${severity.toUpperCase()}: ${text} -> ${remedy}`)];
  surroundings.stdout.write(`${options.json === true ? certificatesJson(assessment) : printable(lines)}\n`);
  return checkExitCodes[assessment.severity];
}

/** A bar would begin performance data in the lines after the first one. */
function printable([first = '', ...rest]: readonly string[]): string {
  return [first, ...rest.map((line) => line.replaceAll('|', '/').replace(/[\r\n]+/g, ' '))].join('\n');
}

async function assess(options: PlaceOptions & Thresholds, surroundings: CommandSurroundings): Promise<Assessment> {
  if (options.criticalDays > options.warningDays) throw optionError('--critical-days is more than --warning-days.', 'Give --critical-days at most as many.');
  const { sources, close } = connectCertificates(placeOf(options), surroundings);
  try {
    return assessCertificates(await takeInventory(sources), options);
  } finally {
    await close();
  }
}

function placeOf({ state, config, ca, tls = [] }: PlaceOptions): CertificatePlace {
  return { tls, ...(state === undefined ? {} : { state }), ...(config === undefined ? {} : { config }), ...(ca === undefined ? {} : { ca }) };
}

function topicOf(text: string): RenewalTopic {
  const topic = topics.find((name) => name === text.toLowerCase());
  if (topic === undefined) throw optionError(`"${text}" cannot be renewed here.`, `Choose ${topics.join(', ')}. Agents renew their certificates themselves.`);
  return topic;
}

function optionError(message: string, remedy: string): HybridgeError<CertificatesErrorCode> {
  return new HybridgeError('CLI_CERTIFICATES_OPTION', message, { remedy });
}

function days(text: string): number {
  return amount(text, 36_500, 'days');
}

function hours(text: string): number {
  return amount(text, 8760, 'hours');
}

function amount(text: string, most: number, unit: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > most) throw new InvalidArgumentError(`Write a whole number of ${unit}, at most ${most}.`);
  return value;
}
