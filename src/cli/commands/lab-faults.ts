import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import { HybridgeError } from '../../foundation/index.ts';
import { describeCondition, faults, findFault, isPossible, openLabBreaker, readLabInfo, showSymptom, signInAsOutlook } from '../../lab/index.ts';
import type { Fault, FaultStep, LabBreaker, LabInfo, Symptom } from '../../lab/index.ts';
import { findCause } from '../../doctor/index.ts';
import { formatInvocation } from '../../management/index.ts';
import type { CommandSurroundings } from '../surroundings.ts';
import { terminalOf } from '../surroundings.ts';
import { wrap } from '../display-width.ts';
import { renderTable } from '../table.ts';
import { createPaint } from '../terminal.ts';

export type LabFaultsErrorCode = 'CLI_LAB_FAULT_CHOICE';

const defaultState = '.hybridge/lab';

const optionsSchema = z.object({ state: z.string(), random: z.boolean().default(false), anew: z.boolean().default(false), all: z.boolean().default(false), json: z.boolean().default(false) });

/** `hybridge lab break`: brings a fault about, and prints what was done unless it was left to chance. */
export async function breakLab(id: string | undefined, given: Record<string, unknown>, surroundings: CommandSurroundings): Promise<number> {
  const { random, ...options } = optionsSchema.parse(given);
  if ((id === undefined) !== random) throw new HybridgeError<LabFaultsErrorCode>('CLI_LAB_FAULT_CHOICE', random ? 'A fault and --random were given.' : 'No fault was given.', { remedy: 'Give an id of npx hybridge lab list, or --random.' });
  return withBreaker(options.state, async (breaker, info) => {
    const fault = id === undefined ? chooseAtRandom(breaker, info) : findFault(id);
    const plan = await breaker.break(fault, { isSecret: random });
    const again = `npx hybridge lab try ${symptomName(fault.symptom)}${stateOption(options.state)}`;
    if (random) say(surroundings, [...wrap(`Something is wrong in the lab now. The helpdesk says: ${complaint(fault.symptom)}.`, terminalOf(surroundings).width), '', `  ${again}`, `  ${doctorCommand(fault.symptom)}${stateOption(options.state)}`, `  npx hybridge lab mend${stateOption(options.state)}      when you give up: it says what it was`].join('\n'));
    else say(surroundings, [`${fault.id}: ${titleOf(fault)}`, '', ...(plan.environment?.inject ?? []).map(describeStep), ...plan.inject.map(describeStep), '', `Seen by: ${again}`].join('\n'));
    return 0;
  });
}

/** `hybridge lab mend`: takes out one fault, the last one, or all. */
export async function mendLab(id: string | undefined, given: Record<string, unknown>, surroundings: CommandSurroundings): Promise<number> {
  const { all, state } = optionsSchema.parse(given);
  return withBreaker(state, async (breaker) => {
    const mend = async (wanted?: string): Promise<void> => {
      const mended = await breaker.mend(wanted);
      say(surroundings, [`${mended.id} is out: ${titleOf(mended)}`, '', ...mended.undo.map(describeStep), ...('signIn' in findFault(mended.id).symptom ? ['', 'Modern authentication, which this fault needs, is as it was before it.'] : [])].join('\n'));
    };
    if (all) for (const { id: each } of breaker.injected().toReversed()) await mend(each);
    else await mend(id);
    return 0;
  });
}

/** `hybridge lab list`: what can be broken, and what is. */
export async function listFaults(given: Record<string, unknown>, surroundings: CommandSurroundings): Promise<number> {
  const { state, json } = optionsSchema.parse(given);
  const { width, colour } = terminalOf(surroundings);
  return withBreaker(state, async (breaker, info) => {
    const injected = breaker.injected();
    const stateOf = (fault: Fault): string => (injected.some(({ id, isSecret }) => id === fault.id && !isSecret) ? 'broken' : isPossible(fault, info) ? '' : fault.needs === 'dedicated' ? 'needs --hybrid-app dedicated' : 'needs --free-busy both');
    if (json) {
      say(surroundings, JSON.stringify(faults.map((fault) => ({ id: fault.id, title: titleOf(fault), trust: fault.trust, symptom: fault.symptom, isPossible: isPossible(fault, info), isBroken: stateOf(fault) === 'broken' })), undefined, 2));
      return 0;
    }
    const rows = faults.map((fault) => [fault.id, titleOf(fault), symptomName(fault.symptom).replace('free-busy ', '').replace(/@\S+/g, '').replace(' ', ' → '), fault.trust, stateOf(fault)]);
    const secrets = injected.filter(({ isSecret }) => isSecret).length;
    const columns = [{ header: 'Fault', minimumWidth: 24 }, { header: 'What is wrong then', minimumWidth: 24, overflow: 'wrap' as const }, { header: 'Who notices', minimumWidth: 12 }, { header: 'Trust' }, { header: 'State', minimumWidth: 8 }];
    say(surroundings, renderTable(columns, rows, { width, paint: createPaint(colour) }) + (secrets === 0 ? '' : `\n\n${secrets} more, left to chance: find out which.`));
    return 0;
  });
}

/** `hybridge lab try`: does what somebody says does not work. Returns 0 when it does, else 1. */
export async function trySymptom(what: string, names: readonly string[], given: Record<string, unknown>, surroundings: CommandSurroundings): Promise<number> {
  const { state, anew } = optionsSchema.parse(given);
  const info = readLabInfo(resolve(state));
  const symptom = symptomOf(what, names);
  const outcome = anew && 'signIn' in symptom ? await signInAsOutlook(info, symptom.signIn, { isAnew: true }) : await showSymptom(info, symptom);
  say(surroundings, outcome.ok ? `It works: ${outcome.detail}.` : outcome.text);
  return outcome.ok ? 0 : 1;
}

function symptomOf(what: string, [first, second]: readonly string[]): Symptom {
  if (what === 'free-busy' && first !== undefined && second !== undefined) return { asker: first, whom: second };
  if (what === 'sign-in' && first !== undefined) return { signIn: first };
  if (what === 'move' && first === undefined) return { move: true };
  if (what === 'set-up' && first === undefined) return { setUp: true };
  throw new HybridgeError<LabFaultsErrorCode>('CLI_LAB_FAULT_CHOICE', `What is to be tried is not clear: ${[what, first, second].filter((each) => each !== undefined).join(' ')}.`, { remedy: 'One of: free-busy <who asks> <for whom>, sign-in <who>, move, set-up.' });
}

function symptomName(symptom: Symptom): string {
  if ('signIn' in symptom) return `sign-in ${symptom.signIn}`;
  if ('watched' in symptom) return symptom.watched;
  if ('setUp' in symptom) return 'set-up';
  return 'move' in symptom ? 'move' : `free-busy ${symptom.asker} ${symptom.whom}`;
}

/** What finds out why. */
function doctorCommand(symptom: Symptom): string {
  if ('signIn' in symptom) return `npx hybridge doctor hma --user ${symptom.signIn}`;
  if ('watched' in symptom) return `npx hybridge doctor ${symptom.watched}`;
  if ('setUp' in symptom) return 'npx hybridge doctor setup';
  return 'move' in symptom ? 'npx hybridge doctor move' : `npx hybridge doctor freebusy --from ${symptom.asker} --to ${symptom.whom}`;
}

function complaint(symptom: Symptom): string {
  if ('signIn' in symptom) return `Outlook does not let ${symptom.signIn} in`;
  if ('watched' in symptom) return `nobody complains yet; who watches over ${symptom.watched === 'agent' ? 'the agent would see it within half a minute, when it has told the relay' : 'certificates would see it'}`;
  if ('setUp' in symptom) return 'the wizard ends with a warning';
  return 'move' in symptom ? 'the wizard says that the Hybrid Agent does not validate' : `${symptom.asker} cannot see whether ${symptom.whom} is free`;
}

async function withBreaker(state: string, run: (breaker: LabBreaker, info: LabInfo) => Promise<number>): Promise<number> {
  const info = readLabInfo(resolve(state));
  const breaker = openLabBreaker(info);
  try {
    return await run(breaker, info);
  } finally {
    await breaker.close();
  }
}

function chooseAtRandom(breaker: LabBreaker, info: LabInfo): Fault {
  const injected = new Set(breaker.injected().map(({ id }) => id));
  const possible = faults.filter((fault) => isPossible(fault, info) && !injected.has(fault.id));
  const chosen = possible[possible.length === 0 ? 0 : randomInt(possible.length)];
  if (chosen === undefined) throw new HybridgeError<LabFaultsErrorCode>('CLI_LAB_FAULT_CHOICE', 'Everything that can be broken is.', { remedy: 'npx hybridge lab mend --all' });
  return chosen;
}

function titleOf({ id }: { id: string }): string {
  return findCause(id)?.cause.title ?? id;
}

/** What the next commands need, too, to speak of this lab. */
function stateOption(state: string): string {
  return state === defaultState ? '' : ` --state ${/^[\w./@-]+$/.test(state) ? state : `'${state.replaceAll("'", String.raw`'\''`)}'`}`;
}

function describeStep(step: FaultStep): string {
  if ('condition' in step) return `  world       ${step.is === null ? `${step.condition}: put right` : describeCondition(step.is)}`;
  if ('rollSigningKey' in step) return '  gateway     signs with a new key';
  if ('signIn' in step) return `  client      ${step.signIn} signs in with Outlook, with the password`;
  if ('cmdlet' in step) return `  ${step.session.padEnd(10)}  ${formatInvocation(step)}`;
  if ('account' in step) return `  tenant      a new account ${step.account.userPrincipalName} of the cloud alone`;
  if ('noAccount' in step) return '  tenant      that account is removed';
  if ('loseRegistration' in step) return `  gateway     loses the registration ${step.loseRegistration}`;
  if ('replaceRegistration' in step) return `  gateway     has the registration ${step.replaceRegistration.applicationId} as it was`;
  if ('restoreRegistration' in step) return `  gateway     has the registration ${step.restoreRegistration.applicationId} again`;
  return `  gateway     ${step.person}: ${step.delegationState ?? 'nothing wanting'}`;
}

function say({ stdout }: CommandSurroundings, text: string): void {
  stdout.write(`${text}\n`);
}
