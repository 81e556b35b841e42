import { Command, Option } from 'commander';
import { HybridgeError } from '../../../foundation/index.ts';
import { freeBusyTrusts, setupChoicesSchema, setupConfigurations, setupTopologies } from '../../../wizard/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import { runSetupCommand } from './run-setup.ts';
import type { SetupOptions } from './run-setup.ts';

interface Given {
  state?: string;
  config?: string;
  records?: string;
  evidence?: string[];
  server?: string;
  configuration?: SetupOptions['choices']['configuration'];
  topology?: SetupOptions['choices']['topology'];
  freeBusy?: SetupOptions['choices']['freeBusy'];
  dedicatedApplication?: boolean;
  transfer?: string;
  domains?: string;
  coexistenceDomain?: string;
  force?: boolean;
  plan?: string;
  apply?: boolean | string;
  undo?: boolean;
  uninstall?: boolean;
  resume?: boolean;
  report?: string;
  agent?: boolean;
  mail?: string;
  mailCertificate?: string;
  centralizedMail?: boolean;
  export?: string;
  json?: boolean;
}

/** `hybridge setup`: joins two organisations. `finished` gets exit codes. */
export function createSetupCommand(surroundings: CommandSurroundings & { stdin?: NodeJS.ReadableStream & { isTTY?: boolean } }, finished: (exitCode: number) => void): Command {
  return new Command('hybridge setup')
    .description('the Hybrid Configuration Wizard: compares both organisations with what should be, shows every change, applies it, and takes it back')
    .exitOverride()
    .showSuggestionAfterError()
    .option('--state <dir>', 'state folder of a running lab (default: .hybridge/lab)')
    .option('--config <file>', 'setup.yaml: connections, evidence and choices')
    .option('--records <dir>', 'folder of the wizard’s records and logs')
    .option('--evidence <paths...>', 'what hybridge collect gathered, in the place of sides that are not connected')
    .option('--server <name>', 'on-premises server to work with')
    .addOption(new Option('--configuration <which>', 'what is set up (default: Full)').choices(setupConfigurations))
    .addOption(new Option('--topology <which>', 'how the cloud reaches on-premises Exchange: published, or by an agent').choices(setupTopologies))
    .addOption(new Option('--free-busy <trust>', 'by which trust free/busy crosses').choices(freeBusyTrusts))
    .option('--dedicated-application', 'servers call the cloud as an application of their own organisation (default for a new set-up)')
    .option('--no-dedicated-application', 'servers call the cloud as Exchange Online’s shared principal')
    .option('--transfer <what>', 'copy on-premises configuration to the cloud: new, all (conflicts too), none, or SharingPolicy/Partners,… (default: none)')
    .option('--agent', 'install the Hybrid Agent on this machine, or another one beside those that are there (Modern)')
    .option('--no-agent', 'install none')
    .option('--mail <host>', 'connectors for mail between the organisations; the name under which Exchange Online delivers to on-premises servers')
    .option('--mail-certificate <thumbprint>', 'the certificate that they show (default: the one with that name that lasts longest)')
    .option('--centralized-mail', 'all mail of cloud users to the outside goes through on-premises servers')
    .option('--domains <domains>', 'domains to join, separated by commas (default: all that both have)')
    .option('--coexistence-domain <domain>', 'the tenant’s routing domain (default: <tenant>.mail.onmicrosoft.com)')
    .option('--plan <file>', 'write the changes as a script, and beside it what --apply takes')
    .option('--apply [plan]', 'make the changes; with a plan: exactly that one, refused if anything changed since')
    .addOption(new Option('--resume', 'go on with the run that was interrupted, by its own answers').conflicts(['apply', 'plan', 'uninstall']))
    .option('--report <file>', 'write what was done and what remains as a page of HTML')
    .addOption(new Option('--undo', 'take the last run back').conflicts(['apply', 'plan', 'resume', 'uninstall', 'json', 'export']))
    .option('--uninstall', 'take hybrid away: the plan; with --apply do it, unregister the agents too')
    .option('--export <file>', 'write the configuration of both sides as text')
    .option('--force', 'go on where the documents advise against it; with --undo: overwrite later changes')
    .option('--json', 'the plan as JSON')
    .action(async (given: Given) => {
      const { state, config, records, plan, apply, undo, json, domains, server, configuration, topology, freeBusy, coexistenceDomain, force, dedicatedApplication, agent, transfer } = given;
      const choices = { server, configuration, topology, freeBusy, dedicatedApplication, agent, mail: mailOf(given), coexistenceDomain, force, transfer: transfer === undefined || /^(?:none|new|all)$/.test(transfer) ? (transfer as 'none' | undefined) : transfer.split(',').map((key) => key.trim()), domains: domains?.split(',').map((domain) => domain.trim()) };
      const isAsked = surroundings.stdin?.isTTY === true && terminalOf(surroundings).interactive && apply === undefined && plan === undefined && given.export === undefined && undo !== true && json !== true;
      finished(
        await runSetupCommand(
          {
            choices: Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined)),
            undo: undo === true,
            uninstall: given.uninstall === true,
            resume: given.resume === true,
            json: json === true,
            ...(isAsked ? { input: surroundings.stdin as NodeJS.ReadableStream } : {}),
            ...(state === undefined ? {} : { state }),
            ...(config === undefined ? {} : { config }),
            ...(records === undefined ? {} : { records }),
            ...(given.evidence === undefined ? {} : { evidence: given.evidence }),
            ...(plan === undefined ? {} : { plan }),
            ...(apply === undefined ? {} : { apply }),
            ...(given.report === undefined ? {} : { report: given.report }),
            ...(given.export === undefined ? {} : { export: given.export }),
          },
          surroundings,
        ),
      );
    });
}

/** @throws HybridgeError `CLI_SETUP_MAIL` */
function mailOf({ mail, mailCertificate, centralizedMail }: Given): SetupOptions['choices']['mail'] {
  if (mail === undefined && mailCertificate === undefined && centralizedMail === undefined) return undefined;
  const parsed = setupChoicesSchema.shape.mail.safeParse({ host: mail, ...(mailCertificate === undefined ? {} : { certificate: mailCertificate }), ...(centralizedMail === undefined ? {} : { centralized: centralizedMail }) });
  if (parsed.success) return parsed.data;
  throw new HybridgeError<'CLI_SETUP_MAIL'>('CLI_SETUP_MAIL', 'How mail is to be set up is not understood.', { remedy: '--mail takes a host name such as mail.contoso.com, --mail-certificate a thumbprint; --mail-certificate and --centralized-mail need --mail.' });
}
