import { formatInvocation, formatValue } from '../../../management/index.ts';
import type { PlannedStep, SetupPlan } from '../../../wizard/index.ts';
import { printable, wrap } from '../../display-width.ts';
import type { Terminal } from '../../terminal.ts';
import { createPaint } from '../../terminal.ts';

const sides = { OnPremises: 'on premises', Cloud: 'Exchange Online', Tenant: 'tenant', Relay: 'relay' } as const;

/** The review: every cmdlet with its side, what it changes from what to what, and why. */
export function renderPlan(plan: SetupPlan, terminal: Terminal): string {
  const changing = plan.steps.filter(({ changes }) => changes.length > 0);
  const paint = createPaint(terminal.colour);
  const kept = plan.steps.filter(({ changes, absent }) => changes.length === 0 && absent === undefined).map(({ title }) => title);
  const lines = changing.flatMap((step, index) => [...(index === 0 ? [] : ['']), ...renderStep(step, index + 1, terminal)]);
  if (kept.length > 0) lines.push(...(lines.length === 0 ? [] : ['']), ...wrap(`Already as it should be: ${kept.join(', ')}.`, terminal.width).map((line) => paint('dim', line)));
  const absent = plan.steps.flatMap(({ title, absent: cmdlet }) => (cmdlet === undefined ? [] : [`${title} (no ${cmdlet})`]));
  if (absent.length > 0) lines.push(...wrap(`Not there or not collected, and left out: ${absent.join(', ')}.`, terminal.width).map((line) => paint('dim', line)));
  return lines.join('\n');
}

function renderStep(step: PlannedStep, number: number, { colour, width }: Terminal): string[] {
  const paint = createPaint(colour);
  const lines = [paint('bold', `${number}. ${step.title}`), ...wrap(step.why, width - 3).map((line) => paint('dim', `   ${line}`))];
  for (const change of step.changes) {
    const [first = '', ...rest] = wrap(formatInvocation({ ...change, parameters: identifying(change.parameters) }), width - 5);
    lines.push(`   ${paint('cyan', sides[change.session])}`, `   > ${first}`, ...rest.map((line) => `     ${line}`));
    for (const { property, from, to } of change.properties) {
      const value = (one: unknown): string => shortened(formatValue(one), width);
      // Of a long list only what comes and goes is worth reading.
      if (Array.isArray(from) && Array.isArray(to) && from.length > 0) {
        const listed = (mark: string, one: unknown): string[] => wrap(value(one), width - 11).map((line, at) => `         ${at === 0 ? mark : ' '} ${line}`);
        const gone = from.filter((one) => !to.includes(one)).flatMap((one) => listed('−', one));
        const come = to.filter((one) => !from.includes(one)).flatMap((one) => listed('+', one));
        lines.push(`       ${property}:`, ...gone, ...come);
        continue;
      }
      const text = from === undefined ? `${property} = ${value(to)}` : `${property}: ${value(from)} → ${value(to)}`;
      lines.push(...wrap(printable(text), width - 9).map((line, at) => (at === 0 ? `       ${line}` : `         ${line}`)));
    }
  }
  return lines;
}

/** A certificate of a thousand characters says nothing to a reader. */
function shortened(text: string, width: number): string {
  return text.length <= 4 * width ? text : `${text.slice(0, 40)}… (${text.length} characters)`;
}

/** The values stand below, one by one. */
function identifying(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => ['Identity', 'Name', 'ServicePrincipalId', 'ApplicationId', 'DisplayName', 'AppId'].includes(name)));
}
