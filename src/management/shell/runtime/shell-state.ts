import type { ParameterDefinitions } from '../../binding/parameter-definition.ts';
import type { CmdletSession } from '../../sessions/cmdlet-session.ts';
import type { Formatted } from '../formatting/formatted.ts';
import type { Extent } from '../language/shell-error.ts';
import type { Block, FunctionStatement, Statement } from '../language/syntax-tree.ts';
import type { ShellHost } from './shell-host.ts';
import type { Transcript } from './transcript.ts';
import type { ScriptBlock, ShellValue } from './values.ts';

/** What a cmdlet is called and takes: for binding, completion and help. */
export interface CmdletDescription {
  name: string;
  synopsis: string;
  parameters: ParameterDefinitions;
  example: string;
  /** True when it can change something. */
  changes: boolean;
  roles: readonly string[];
}

/** An open session with what is known of its cmdlets. */
export interface ShellConnection {
  /** `ExchangeOnPremises`, `ExchangeOnline`, `MSOnline`, `Hybrid`: shown as the source of its cmdlets. */
  name: string;
  session: CmdletSession;
  cmdlets: readonly CmdletDescription[];
  /** Stands before the noun of its cmdlets: `Get-CloudMailbox`. */
  prefix: string;
  /** True when the session may know cmdlets that are not in the list, as the real service does. */
  open: boolean;
}

/** Opens a session for a `Connect-…` command. Parameters by lower-case name. */
export interface Connector {
  /** `Connect-ExchangeOnline`. */
  name: string;
  synopsis: string;
  parameters: Readonly<Record<string, ShellParameter>>;
  connect(parameters: ReadonlyMap<string, ShellValue>, host: ShellHost): Promise<ShellConnection>;
}

/** What flows through a pipeline: values, and lines that have been laid out. */
export type Flow = ShellValue | Formatted;

export interface ShellParameter {
  type: 'switch' | 'value' | 'anything';
  position?: number;
  /** Takes all values that stand without a name, from its position on. */
  remaining?: true;
  aliases?: readonly string[];
}

/** What becomes of an error, or of a warning. `Inquire` shows it and goes on: nobody is asked here. */
export type Action = 'silentlycontinue' | 'stop' | 'continue' | 'inquire' | 'ignore';

/** What becomes of the warnings of the cmdlet that runs. */
export interface WarningHandling {
  action: Action;
  /** For `-WarningVariable`. */
  collect: (warning: ShellValue) => void;
}

/** A command of the shell's own. */
export interface ShellCommand {
  name: string;
  aliases: readonly string[];
  synopsis: string;
  example: string;
  parameters: Readonly<Record<string, ShellParameter>>;
  run(call: CommandCall): AsyncIterable<Flow>;
}

export interface CommandCall {
  /** What comes through the pipe; undefined where the command stands first. */
  input: AsyncIterable<Flow> | undefined;
  /** By the published name; switches are true or false. */
  parameters: ReadonlyMap<string, ShellValue>;
  /** Those that every command takes, by their whole names in lower case. */
  common: ReadonlyMap<string, ShellValue>;
  state: ShellState;
  /** As it was called: the name or an alias, lower case. */
  written: string;
  /** Where the command stands, for its errors. */
  extent: Extent;
}

/** Runs what scripts are made of; in the state, because commands and expressions hold scripts again. */
export interface Interpreter {
  /** Statements one after the other; gives what they put out. @throws ShellError, Leave */
  runBlock(block: Block, state: ShellState): AsyncIterable<Flow>;
  /** What a statement puts out as one value. */
  valueOf(statement: Statement, state: ShellState): Promise<ShellValue>;
  /** A script block with `$_` set. */
  runWithItem(block: ScriptBlock, item: ShellValue, state: ShellState): Promise<Flow[]>;
  /** The value of a script block for one item. */
  valueWithItem(block: ScriptBlock, item: ShellValue, state: ShellState): Promise<ShellValue>;
  /** A script block with what `param(…)` declares set by position, or in `$args`. */
  callBlock(block: ScriptBlock, given: readonly ShellValue[], extent: Extent, state: ShellState): Promise<Flow[]>;
}

export interface ShellState {
  readonly interpreter: Interpreter;
  readonly host: ShellHost;
  /** By lower-case name. */
  readonly variables: Map<string, ShellValue>;
  /** By lower-case name. */
  readonly functions: Map<string, FunctionStatement>;
  /** What the callers of the running function have, the outermost first. */
  readonly outerScopes: Map<string, ShellValue>[];
  readonly commands: ReadonlyMap<string, ShellCommand>;
  readonly connections: ShellConnection[];
  readonly connectors: readonly Connector[];
  /** `$Error`: the newest first. */
  readonly errors: ShellValue[];
  /** How many errors have been shown: what a script's exit code tells. */
  errorCount: number;
  /** `$?`. */
  succeeded: boolean;
  /** How many `try` blocks are open. */
  tries: number;
  /** What the `catch` that runs has caught. */
  caught: { error: unknown } | undefined;
  /** Of the cmdlet that runs; undefined while none does. */
  warnings: WarningHandling | undefined;
  /** Errors that `-ErrorAction Stop` made end the script, with the place of the command. */
  readonly stopping: WeakMap<Error, { extent: Extent; command: string }>;
  /** The text that is running, into which extents point. */
  text: string;
  /** The file that the text was read from. */
  file: string | undefined;
  /** Set by `exit`. */
  exitCode: number | undefined;
  /** Further names that `Set-Alias` gave, by lower-case name. */
  readonly aliases: Map<string, string>;
  /** The command lines that were run, the oldest first. */
  readonly history: string[];
  /** Stands in the history in place of the line that runs: what `Invoke-History` ran. */
  historyLine: string | undefined;
  /** Of `Start-Transcript`. */
  transcript: Transcript | undefined;
}

/** Leaves a loop, or the script; caught by the statement that it is for. */
export class Leave extends Error {
  readonly kind: 'break' | 'continue' | 'return' | 'exit';
  readonly value: readonly Flow[];

  constructor(kind: Leave['kind'], value: readonly Flow[] = []) {
    super(kind);
    this.kind = kind;
    this.value = value;
  }
}

