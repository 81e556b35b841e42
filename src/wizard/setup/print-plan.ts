import { formatInvocation, formatValue } from '../../management/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import type { SessionName, SetupSettings } from '../plan.ts';
import type { PlannedChange, SetupPlan } from './plan-setup.ts';
import { scriptNotes, scriptPreparation } from './script-notes.ts';

const shells: Readonly<Record<SessionName, string>> = { OnPremises: 'on premises', Cloud: 'Exchange Online', Tenant: 'tenant directory', Relay: 'relay' };

export interface PrintPlanOptions {
  /** ISO 8601: when the organisations were looked at. */
  observedAt: string;
  fingerprint: string;
  /** It takes hybrid away. */
  isUninstall: boolean;
}

/**
 * A plan as a script of PowerShell, for the Exchange Management Shell with Exchange Online beside it: cmdlets of the
 * cloud have the prefix Cloud. Every change says what it was and why.
 */
export function printPlan(plan: SetupPlan, { observedAt, fingerprint, isUninstall }: PrintPlanOptions): string {
  const { settings } = plan;
  const sessions = new Set(plan.steps.flatMap(({ changes }) => changes.map(({ session }) => session)));
  const lines = [
    ...(isUninstall ? ['# Hybrid is taken away, planned by hybridge setup --uninstall'] : described(settings)),
    `# Organisations as of ${observedAt}, state ${fingerprint.slice(0, 16)}`,
    '#',
    '# Run it in the Exchange Management Shell. It stops at the first error; what is done then cannot be done again, so make a',
    `# new plan: hybridge setup${isUninstall ? ' --uninstall' : ''} --plan.`,
    ...(isUninstall ? ['# Agents are not unregistered by it: hybridge agent unregister, on each machine.'] : []),
    "$ErrorActionPreference = 'Stop'",
    ...(sessions.has('Cloud') ? ['Connect-ExchangeOnline -Prefix Cloud'] : []),
    ...(sessions.has('Tenant') ? ["Connect-MgGraph -Scopes 'Application.ReadWrite.All','Organization.Read.All'"] : []),
    ...(sessions.has('Relay') ? ['# The cmdlets of the hybrid agent: Import-Module .\\HybridManagement.psm1'] : []),
  ];
  let number = 0;
  for (const step of plan.steps) {
    if (step.changes.length === 0) continue;
    number += 1;
    lines.push('', `# ${number}. ${step.title}`, `# ${step.why}`);
    for (const change of step.changes) lines.push(former(change), ...scriptNotes(change, settings).map(comment), ...scriptPreparation(change), scriptLine(change));
  }
  if (number === 0) lines.push('', '# Nothing is to be changed.');
  return `${lines.join('\n')}\n`;
}

function described(settings: SetupSettings): string[] {
  const trust = { oauth: 'OAuth', dauth: 'delegated federation', both: 'OAuth and delegated federation' }[settings.freeBusy];
  return [
    '# Hybrid configuration, planned by hybridge setup',
    `# ${settings.configuration} configuration, ${settings.topology} topology${settings.configuration === 'Full' ? `, free/busy by ${trust}` : ''}`,
    comment(`Domains: ${settings.hybridDomains.join(', ')}; routing domain: ${settings.coexistenceDomain}`),
  ];
}

/** What stood there, as a comment; new objects had nothing. */
function former({ session, properties }: PlannedChange): string {
  const changed = properties.filter(({ from }) => from !== undefined);
  return comment(`${shells[session]}${changed.map(({ property, from }) => `; ${property} was ${formatValue(from)}`).join('')}`);
}

/** On one line, whatever names an organisation gives. */
function comment(text: string): string {
  return `# ${text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')}`;
}

function scriptLine(change: PlannedChange): string {
  return `${change.keepAs === undefined ? '' : `$${change.keepAs} = `}${prefixed(change)}`;
}

/** As a line for the session that it is meant for, in a shell that has both organisations open. */
function prefixed(invocation: CmdletInvocation): string {
  const line = formatInvocation(invocation);
  return invocation.session === 'Cloud' ? line.replace('-', '-Cloud') : line;
}
