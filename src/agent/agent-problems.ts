import type { Log } from '../foundation/index.ts';
import { errorCode } from '../foundation/index.ts';
import { describeClockDifference } from '../tunnel/index.ts';
import type { AgentErrorCode } from './agent-error.ts';

/** Something that an administrator should look at while the agent goes on serving. */
export interface AgentProblem {
  code: AgentErrorCode;
  message: string;
  remedy: string;
}

export interface AgentProblems {
  readonly list: readonly AgentProblem[];
  /** Begins a problem, or ends it where there is none; the log is told of both, once. */
  set(code: AgentErrorCode, problem: Omit<AgentProblem, 'code'> | undefined): void;
}

export function createAgentProblems(log: Log): AgentProblems {
  const problems = new Map<AgentErrorCode, AgentProblem>();
  return {
    get list() {
      return [...problems.values()];
    },
    set(code, problem) {
      const known = problems.get(code);
      if (problem === undefined) {
        if (known !== undefined) log.warn({ code }, `over: ${known.message}`);
        problems.delete(code);
        return;
      }
      if (known === undefined) log.error({ code }, `${problem.message} ${problem.remedy}`);
      problems.set(code, { code, ...problem });
    },
  };
}

/** What the state folder does not take; `what` is a file of it, for people. */
export function unwritable(what: string, error: unknown): Omit<AgentProblem, 'code'> {
  const cause = errorCode(error) ?? 'unknown';
  return { message: `The ${what} cannot be saved (${cause}).`, remedy: cause === 'ENOSPC' || cause === 'EDQUOT' || cause === 'EFBIG' ? 'Make room on the disk of the state folder.' : 'Check the permissions of the state folder.' };
}

const toleratedClockDifferenceMs = 5 * 60_000;

/** @param difference milliseconds that this clock is ahead of the relay's */
export function clockProblem(difference: number): Omit<AgentProblem, 'code'> | undefined {
  if (Math.abs(difference) < toleratedClockDifferenceMs) return undefined;
  return { message: `The clock of this machine is ${describeClockDifference(difference)} the relay's.`, remedy: 'Set it right, and keep it so (NTP): tokens and certificates live by the clock.' };
}

const dayMs = 24 * 3600_000;

/** @param notAfter end of the agent's certificate, epoch milliseconds; it is renewed when a third of its life is left */
export function certificateProblem(notAfter: number, notBefore: number, now: number): Omit<AgentProblem, 'code'> | undefined {
  if (now >= notAfter) return { message: `The certificate of this agent expired on ${new Date(notAfter).toISOString()}.`, remedy: 'If the clock is right, enrol the agent again: hybridge agent enroll --replace.' };
  if (now < notBefore) return { message: `The certificate of this agent is not valid before ${new Date(notBefore).toISOString()}.`, remedy: 'Set the clock of this machine right.' };
  if (notAfter - now > (notAfter - notBefore) / 6) return undefined;
  return { message: `The certificate of this agent expires in ${Math.floor((notAfter - now) / dayMs)} days and could not be renewed.`, remedy: 'See why in the log; the agent renews it over a link with the relay.' };
}
