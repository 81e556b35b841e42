import { formatInvocation } from '../../management/index.ts';
import type { SessionName } from '../plan.ts';
import type { PlannedInvocation, RenewalPlan, RenewalStage } from './renewal-plan.ts';

const shells: Readonly<Record<SessionName, string>> = {
  OnPremises: 'Exchange Management Shell',
  Cloud: 'Exchange Online PowerShell (Connect-ExchangeOnline)',
  Tenant: "Microsoft Graph PowerShell (Connect-MgGraph -Scopes 'Application.ReadWrite.All')",
  Relay: 'Hybrid Agent management module',
};

/** A plan as a PowerShell script, from what is to be done now to what comes last. */
export function printRenewal(plan: RenewalPlan): string {
  const lines = [`# ${plan.title}`, ...plan.notes.map((note) => `# Note: ${note}`)];
  let shell: SessionName | undefined;
  for (const [index, stage] of plan.stages.entries()) {
    lines.push('', `# ${index + 1}. ${stage.title}${whenText(stage)}`);
    for (const invocation of stage.invocations) {
      if (invocation.session !== shell) lines.push(`# -- ${shells[invocation.session]}`);
      shell = invocation.session;
      lines.push(line(invocation));
    }
  }
  return lines.join('\n');
}

/** When a stage may run, for people; empty where it may now. */
export function whenText({ notBefore, waitsFor }: RenewalStage): string {
  if (waitsFor !== undefined) return `, after ${waitsFor}`;
  return notBefore === undefined ? '' : `, not before ${new Date(notBefore).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function line(invocation: PlannedInvocation): string {
  return `${invocation.keepAs === undefined ? '' : `$${invocation.keepAs} = `}${formatInvocation(invocation)}`;
}
