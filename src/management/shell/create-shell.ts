import { connectCommand } from './commands/connect.ts';
import { shellCommands } from './commands/shell-commands.ts';
import { endTranscript } from './commands/start-transcript.ts';
import { renderLines } from './formatting/render.ts';
import { ShellError } from './language/shell-error.ts';
import { parseScript } from './language/parse-script.ts';
import { isSilent } from './runtime/error-action.ts';
import { errorLines, rememberError } from './runtime/report-error.ts';
import { setScriptParameters } from './runtime/run-function.ts';
import { interpreter, runNext } from './runtime/run-statements.ts';
import type { ShellHost } from './runtime/shell-host.ts';
import type { Connector, Flow, ShellCommand, ShellConnection, ShellState } from './runtime/shell-state.ts';
import { Leave } from './runtime/shell-state.ts';
import { recordedHost } from './runtime/transcript.ts';
import { completeLine } from './complete-line.ts';
import type { Completion } from './complete-line.ts';
import { ShellObject } from './runtime/values.ts';

export interface ShellOptions {
  host: ShellHost;
  /** Open from the beginning; of several that have a cmdlet, the last one answers. */
  connections?: readonly ShellConnection[];
  /** What `Connect-…` commands there are. */
  connectors?: readonly Connector[];
}

/** An open shell: its variables and sessions live from one line to the next. */
export interface Shell {
  /** Runs a text and shows what it puts out. Resolves to `incomplete` when more lines may make it whole; nothing ran then. Errors name `file`, where the text came from one. */
  run(text: string, options?: { whole?: boolean; file?: string }): Promise<'done' | 'incomplete'>;
  /** What could stand at the end of a line. */
  complete(line: string): Promise<Completion>;
  /** What sessions warn of: shown, unless the cmdlet that runs was told otherwise (`-WarningAction`). */
  warn(message: string): void;
  /** How many errors there were so far. */
  readonly errorCount: number;
  /** Set once `exit` was said. */
  readonly exitCode: number | undefined;
  /** Ends what is still open: a transcript. */
  close(): Promise<void>;
}

/** Values that flowed so far are shown together, so that objects of one kind share a table. */
const shownTogether = 10_000;

export function createShell(options: ShellOptions): Shell {
  const host = recordedHost(options.host, () => state.transcript);
  const connectors = options.connectors ?? [];
  const commands = new Map<string, ShellCommand>();
  for (const command of [...shellCommands, ...connectors.map(connectCommand)]) {
    for (const name of [command.name, ...command.aliases]) commands.set(name.toLowerCase(), command);
  }
  const state: ShellState = { interpreter, host, variables: new Map(), functions: new Map(), outerScopes: [], commands, connections: [...(options.connections ?? [])], connectors, errors: [], errorCount: 0, succeeded: true, tries: 0, caught: undefined, warnings: undefined, stopping: new WeakMap(), text: '', file: undefined, exitCode: undefined, aliases: new Map(), history: [], historyLine: undefined, transcript: undefined };
  return {
    get errorCount() {
      return state.errorCount;
    },
    get exitCode() {
      return state.exitCode;
    },
    async run(text, { whole = true, file } = {}) {
      state.file = file;
      try {
        const script = parseScript(text);
        state.text = text;
        if (host.interactive && file === undefined) state.transcript?.add(`[PS]>${text}\r\n`);
        if (script.parameters !== undefined) await setScriptParameters(script.parameters, state);
        // Shown statement by statement, so that what Write-Host says stays in its place.
        for (const statement of script.statements) await show(runNext(statement, state), state);
      } catch (error) {
        if (!whole && error instanceof ShellError && error.incomplete) return 'incomplete';
        if (error instanceof Leave) {
          // Only what `return` gives is still to be seen.
          for (const line of await renderLines(error.value, state)) host.write(line);
        } else if (host.signal.aborted) {
          state.succeeded = false;
        } else {
          rememberError(state, error);
          state.errorCount += 1;
          host.writeError(errorLines(error, text, host, { ...(error instanceof Error ? state.stopping.get(error) : undefined), ...(file === undefined ? {} : { file }) }));
        }
      } finally {
        await state.transcript?.flush();
      }
      if (file === undefined && text.trim() !== '') remember(state, text);
      return 'done';
    },
    close: async () => void (await endTranscript(state)),
    warn: (message) => showWarning(message, state),
    complete: (line) => completeLine(line, state),
  };
}

/** How many command lines `Get-History` knows, as `$MaximumHistoryCount` has it. */
const longestHistory = 4096;

function remember(state: ShellState, text: string): void {
  state.history.push(state.historyLine ?? text);
  state.historyLine = undefined;
  if (state.history.length > longestHistory) state.history.shift();
}

function showWarning(message: string, state: ShellState): void {
  const isWarning = !message.startsWith('What if:');
  if (isWarning) state.warnings?.collect(message);
  if (!isWarning || state.warnings === undefined || !isSilent(state.warnings.action)) state.host.writeWarning(message);
}

async function show(flows: AsyncIterable<Flow>, state: ShellState): Promise<void> {
  let waiting: Flow[] = [];
  const flush = async (): Promise<void> => {
    const items = waiting;
    waiting = [];
    for (const line of await renderLines(items, state)) state.host.write(line);
  };
  try {
    for await (const flow of flows) {
      waiting.push(flow);
      // Only objects wait for what comes after them, with which they may share a table.
      if (!(flow instanceof ShellObject) || waiting.length >= shownTogether) await flush();
    }
  } finally {
    await flush();
  }
}
