import { Command } from 'commander';
import { runProgram } from '../service/index.ts';
import { powerShellSwitches } from './shell/power-shell-switches.ts';

/**
 * The `hybridge` command. Each command lives in a file of its own under `commands/` and is loaded only when it is
 * asked for.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('hybridge')
    .description('Joins an on-premises Exchange-style organisation and a cloud one.')
    .version('0.1.0')
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true });

  const lab = program
    .command('lab')
    .enablePositionalOptions()
    .description('starts both organisations, token service, relay and agent on this machine, sets them up and shows free/busy')
    .option('--once', 'exit after the table; non-zero if any lookup failed')
    .option('--fresh', 'begin again: forget what an earlier lab left in the state folder')
    .option('--free-busy <trust>', 'by which trust free/busy crosses: oauth, dauth or both (default: as at the last start, at first oauth)')
    .option('--hybrid-app <kind>', 'as what on-premises servers call the cloud: shared, or dedicated (2025); dedicated stays until --fresh')
    .option('--calendars <dir>', 'import the .ics files of a folder into people’s calendars')
    .option('--no-setup', 'leave the organisations unjoined, for hybridge setup to join them')
    .option('--ntlm', 'take NTLM on premises (with --fresh; else accounts gain it with their next Basic sign-in)')
    .option('--port-base <port>', 'place the listeners at this port and the ones after it (default: the system chooses)')
    .option('--state <dir>', 'state folder', '.hybridge/lab')
    .action(async (options: Record<string, unknown>) => {
      const { runLab } = await import('./commands/lab.ts');
      process.exitCode = await runLab(options, process);
    });
  lab
    .command('info')
    .description('tells about the running lab: addresses, accounts, the CA file')
    .option('--json', 'for scripts')
    .option('--state <dir>', 'state folder of the lab', '.hybridge/lab')
    .action(async (options: Record<string, unknown>) => {
      const { showLabInfo } = await import('./commands/lab-info.ts');
      process.exitCode = showLabInfo(options, process);
    });
  const state = ['--state <dir>', 'state folder of the lab', '.hybridge/lab'] as const;
  lab
    .command('break [fault]')
    .description('brings a fault about in the running lab')
    .option('--random', 'one of them, without saying which')
    .option(...state)
    .action(async (fault: string | undefined, options: Record<string, unknown>) => {
      const { breakLab } = await import('./commands/lab-faults.ts');
      process.exitCode = await breakLab(fault, options, process);
    });
  lab
    .command('mend [fault]')
    .description('takes a fault out again: this one, or the last')
    .option('--all', 'all of them')
    .option(...state)
    .action(async (fault: string | undefined, options: Record<string, unknown>) => {
      const { mendLab } = await import('./commands/lab-faults.ts');
      process.exitCode = await mendLab(fault, options, process);
    });
  lab
    .command('try <what> [names...]')
    .description('does what somebody says does not work: free-busy <who asks> <for whom>, sign-in <who>, move, set-up')
    .option('--anew', 'sign-in: with the password, and not with what Outlook keeps')
    .option(...state)
    .action(async (what: string, names: string[], options: Record<string, unknown>) => {
      const { trySymptom } = await import('./commands/lab-faults.ts');
      process.exitCode = await trySymptom(what, names, options, process);
    });
  lab
    .command('list')
    .description('what can be broken in the lab, and what is')
    .option('--json', 'for scripts')
    .option(...state)
    .action(async (options: Record<string, unknown>) => {
      const { listFaults } = await import('./commands/lab-faults.ts');
      process.exitCode = await listFaults(options, process);
    });
  program
    .command('freebusy')
    .description('asks the running lab for free/busy, as one of its people')
    .requiredOption('--as <address>', 'who asks')
    .requiredOption('--for <addresses>', 'whose free/busy, separated by commas')
    .option('--from <time>', 'begin of the window, e.g. 2026-11-23 or 2026-11-23T08:00 in the asker’s zone (default: today)')
    .option('--to <time>', 'end of the window, exclusive (default: one day after --from)')
    .option('--view <view>', 'MergedOnly, FreeBusy, FreeBusyMerged, Detailed or DetailedMerged', 'DetailedMerged')
    .option('--step <minutes>', 'interval of the merged view', '30')
    .option('--basic', 'sign in to the organisation with a password instead of a token')
    .option('--json', 'for scripts')
    .option('--state <dir>', 'state folder of the lab', '.hybridge/lab')
    .action(async (options: Record<string, unknown>) => {
      const { runFreeBusy } = await import('./commands/freebusy.ts');
      process.exitCode = await runFreeBusy(options, process);
    });

  program
    .command('import')
    .description('imports mail (.eml, .mbox) and events (.ics) into a mailbox: files, or folders with all below them')
    .argument('<paths...>', 'files and folders; those below a folder become folders of the mailbox')
    .requiredOption('--mailbox <address>', 'whose mailbox')
    .option('--config <file>', 'premises.yaml of the organisation; it may be running')
    .option('--state <dir>', 'state folder of a lab (default, without --config: .hybridge/lab)')
    .option('--folder <path>', 'where mail goes, such as Inbox or Archive/2019; made where it is missing', 'Inbox')
    .option('--read', 'mark messages as read')
    .option('--dry-run', 'only tell what would be imported and what refused')
    .option('--json', 'for scripts')
    .action(async (paths: string[], options: Record<string, unknown>) => {
      const { runImport } = await import('./commands/import.ts');
      process.exitCode = await runImport(paths, options, process);
    });

  const finished = (exitCode: number): void => {
    process.exitCode = exitCode;
  };
  // These have commands of their own, with help of their own.
  program
    .command('relay')
    .description('runs a relay (--config relay.yaml), or talks to one: tenant, application, token, agents, key, authority, audit, tail')
    .helpOption(false)
    .argument('[arguments...]')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (given: string[]) => {
      const { createRelayCommand } = await import('./commands/relay/create-relay-command.ts');
      await createRelayCommand('hybridge relay', process, finished).parseAsync(given, { from: 'user' });
    });
  program
    .command('agent')
    .description('the Hybrid Agent: enroll, run, status, test, unregister')
    .helpOption(false)
    .argument('[arguments...]')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (given: string[]) => {
      const { createAgentCommand } = await import('../agent/index.ts');
      await createAgentCommand('hybridge agent', process, finished).parseAsync(given, { from: 'user' });
    });
  program
    .command('setup')
    .description('the Hybrid Configuration Wizard: plan, review, apply, undo')
    .helpOption(false)
    .argument('[arguments...]')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (given: string[]) => {
      const { createSetupCommand } = await import('./commands/setup/create-setup-command.ts');
      await createSetupCommand(process, finished).parseAsync(given, { from: 'user' });
    });
  program
    .command('collect')
    .description('prints a script that collects, read-only, what hybridge setup needs of organisations that are not connected')
    .option('--side <side>', 'on-premises, cloud, tenant or all', 'all')
    .action(async (options: { side: string }) => {
      const { printCollection } = await import('./commands/setup/print-collection.ts');
      finished(printCollection(options.side, process));
    });
  program
    .command('certificates')
    .description('every certificate of both sides: list, check for monitoring, renew')
    .helpOption(false)
    .argument('[arguments...]')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (given: string[]) => {
      const { createCertificatesCommand } = await import('./commands/certificates/create-certificates-command.ts');
      await createCertificatesCommand(process, finished).parseAsync(given, { from: 'user' });
    });
  program
    .command('doctor')
    .description('recognises errors, names causes with proof and repair: doctor "the error", explain, list')
    .helpOption(false)
    .argument('[arguments...]')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (given: string[]) => {
      const { createDoctorCommand } = await import('./commands/doctor/create-doctor-command.ts');
      await createDoctorCommand(process, finished).parseAsync(given, { from: 'user' });
    });
  program
    .command('shell')
    .description('runs cmdlets as PowerShell does, interactively, from a file or one line')
    .option('-c, --command <text>', 'run this and exit; also -Command')
    .option('-f, --file <script>', 'run this script and exit; - is standard input; also -File')
    .option('--cloud', 'open Exchange Online too, in front of the on-premises organisation')
    .option('--state <dir>', 'state folder of a running lab (default: .hybridge/lab)')
    .option('--config <file>', 'YAML file of connections, for what is not a lab')
    .action(async (options: Record<string, unknown>) => {
      const { runShell } = await import('./commands/shell.ts');
      finished(await runShell(options, process));
    });
  program
    .command('sts')
    .description('runs a token service')
    .requiredOption('--config <file>', 'sts.yaml')
    .action(async (options: { config: string }) => {
      const { runSts } = await import('./commands/sts.ts');
      finished(await runSts(options, process));
    });
  program
    .command('premises')
    .description('runs an organisation')
    .requiredOption('--config <file>', 'premises.yaml')
    .action(async (options: { config: string }) => {
      const { runPremises } = await import('./commands/premises.ts');
      finished(await runPremises(options, process));
    });
  program
    .command('config')
    .description('configuration files')
    .command('check <file>')
    .description('tells every mistake of a configuration file with its line; 78 when there is one')
    .option('--party <party>', 'agent, relay, sts or premises (default: as the file is named)')
    .option('--json', 'for scripts')
    .action(async (file: string, options: { party?: string; json?: boolean }) => {
      const { checkNamedConfiguration } = await import('./commands/check-named-configuration.ts');
      finished(checkNamedConfiguration(file, options, process));
    });

  await runProgram(program, powerShellSwitches(argv), process);
}
