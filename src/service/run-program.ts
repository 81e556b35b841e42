import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { describeError } from './describe-error.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';

/** The part of `process` that a program needs besides what its commands do. */
export type ProgramProcess = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'exit'> & { exitCode?: typeof process.exitCode };

/** Runs the command that the arguments (without node and file) name; an error becomes its text and its exit code. */
export async function runProgram(command: Command, given: readonly string[], running: ProgramProcess): Promise<void> {
  // A reader that went away (`| head`) ends the command as it ends every other one.
  running.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') running.exit(exitCodes.ok);
    throw error;
  });
  try {
    await command.parseAsync(given, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      running.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
      return;
    }
    running.stderr.write(`${describeError(error)}\n`);
    running.exitCode = exitCodeOf(error);
  }
}
