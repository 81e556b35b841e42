import { systemClock } from '../../../foundation/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import { exitCodes } from '../../../service/index.ts';
import type { RenewalOptions, RenewalPlan, RenewalTopic } from '../../../wizard/index.ts';
import { applyRenewal, planRenewal, printRenewal, whenText } from '../../../wizard/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';
import { terminalOf } from '../../surroundings.ts';
import { truncate } from '../../display-width.ts';
import { createPaint } from '../../terminal.ts';
import { connectCertificates } from './certificate-connections.ts';
import type { CertificateConnections, CertificatePlace } from './certificate-connections.ts';

export interface RenewCommandOptions extends RenewalOptions {
  apply: boolean;
  json: boolean;
}

/**
 * `hybridge certificates renew`: prints what is to be done as PowerShell, or does what can be done now. Returns 0, or 1
 * where something is left that cannot be done yet.
 */
export async function renewCertificates(topics: readonly RenewalTopic[], place: CertificatePlace, options: RenewCommandOptions, surroundings: CommandSurroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  const paint = createPaint(terminalOf(surroundings).colour);
  const connections = connectCertificates(place, surroundings, (warning) => void stderr.write(`${paint('yellow', `WARNING: ${warning}`)}\n`));
  try {
    return options.apply ? await apply(topics, connections, options, surroundings) : await print(topics, connections, options, (text) => void stdout.write(`${text}\n`));
  } finally {
    await connections.close();
  }
}

async function print(topics: readonly RenewalTopic[], { sources }: CertificateConnections, options: RenewCommandOptions, say: (text: string) => void): Promise<number> {
  const plans: RenewalPlan[] = [];
  for (const topic of topics) plans.push(await planRenewal(sources, topic, options));
  if (options.json) {
    say(JSON.stringify(plans.map(planJson), undefined, 2));
    return exitCodes.ok;
  }
  for (const [index, plan] of plans.entries()) {
    if (index > 0) say('');
    say(plan.stages.length === 0 ? nothingText(plan) : printRenewal(plan));
  }
  if (plans.some(({ stages }) => stages.length > 0)) say('\n# Nothing has been changed. --apply runs what is due, and again what is due then.');
  return exitCodes.ok;
}

async function apply(topics: readonly RenewalTopic[], { sources }: CertificateConnections, options: RenewCommandOptions, surroundings: CommandSurroundings): Promise<number> {
  const { width, colour } = terminalOf(surroundings);
  const paint = createPaint(colour);
  const say = (text: string): void => void (options.json ? undefined : surroundings.stdout.write(`${text}\n`));
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  surroundings.once('SIGINT', onSignal);
  surroundings.once('SIGTERM', onSignal);
  const results: { done: readonly string[]; remaining: RenewalPlan }[] = [];
  try {
    for (const topic of topics) {
      const { stages, remaining } = await applyRenewal({
        ...options,
        sources,
        topic,
        clock: systemClock,
        signal: stop.signal,
        onStage: (stage) => say(paint('bold', stage.title)),
        onInvocation: (_, invocation) => say(`  ${paint('green', '✓')} ${truncate(formatInvocation(invocation), width - 4)}`),
      });
      results.push({ done: stages.map(({ id }) => id), remaining });
      if (stages.length === 0 && remaining.stages.length === 0) say(nothingText(remaining));
      const [waiting] = remaining.stages;
      if (waiting !== undefined) say(`${remaining.title}: next comes "${waiting.title}"${whenText(waiting)}. Run this again then.`);
      else if (stages.length > 0) say(`${remaining.title}: done, and verified by looking again.`);
    }
  } finally {
    surroundings.off('SIGINT', onSignal);
    surroundings.off('SIGTERM', onSignal);
  }
  if (options.json) surroundings.stdout.write(`${JSON.stringify(results.map(({ done, remaining }) => ({ done, remaining: planJson(remaining) })), undefined, 2)}\n`);
  return results.some(({ remaining }) => remaining.stages.length > 0) ? exitCodes.negative : exitCodes.ok;
}

function nothingText({ title, notes }: RenewalPlan): string {
  return [`# ${title}: nothing to do.`, ...notes.map((note) => `# ${note}`)].join('\n');
}

function planJson({ topic, title, stages, notes }: RenewalPlan): unknown {
  return {
    topic,
    title,
    notes,
    stages: stages.map((stage) => ({
      id: stage.id,
      title: stage.title,
      notBefore: stage.notBefore === undefined ? null : new Date(stage.notBefore).toISOString(),
      waitsFor: stage.waitsFor ?? null,
      commands: stage.invocations.map((invocation) => ({ session: invocation.session, command: formatInvocation(invocation) })),
    })),
  };
}
