import type { Extent } from './shell-error.ts';

/** A script, or the inside of a script block or a function: statements one after the other, or blocks. */
export interface Script {
  statements: readonly Statement[];
  /** The text that all extents point into. */
  text: string;
  /** What `param(…)` declares. */
  parameters?: readonly FunctionParameter[] | undefined;
  /** `begin`, `process`, `end`: before, for each, and after what comes through the pipe. */
  blocks?: Partial<Record<PipelineBlock, Block>> | undefined;
  /** `[CmdletBinding(SupportsShouldProcess)]`: takes `-WhatIf` and `-Confirm`. */
  shouldProcess?: true | undefined;
}

export interface FunctionParameter {
  name: string;
  /** `string`, `switch`, `int[]`: as written. */
  type: string | undefined;
  mandatory: boolean;
  aliases: readonly string[];
  /** `[ValidateSet(…)]` and its like. */
  validations: readonly Validation[];
  initial: Expression | undefined;
  /** Takes what comes through the pipe (`ValueFromPipeline`), or its property of this name. */
  pipeline: 'value' | 'property' | undefined;
  extent: Extent;
}

/** What a value that is given must be. `ValidateScript` has a script block, the others numbers or texts. */
export type Validation =
  | { kind: 'notnull' }
  | { kind: 'notnullorempty' }
  | { kind: 'range'; least: number; most: number }
  | { kind: 'length'; least: number; most: number }
  | { kind: 'count'; least: number; most: number }
  | { kind: 'set'; allowed: readonly string[] }
  | { kind: 'pattern'; pattern: string }
  | { kind: 'script'; script: Expression };

export type Statement =
  | { kind: 'pipeline'; elements: readonly PipelineElement[]; redirection: Redirection | undefined; extent: Extent }
  | { kind: 'assignment'; target: Expression; operator: AssignmentOperator; value: Statement; extent: Extent }
  | { kind: 'if'; branches: readonly { condition: Statement; body: Block }[]; otherwise: Block | undefined; extent: Extent }
  | { kind: 'foreach'; variable: string; values: Statement; body: Block; extent: Extent }
  | { kind: 'for'; first: Statement | undefined; condition: Statement | undefined; next: Statement | undefined; body: Block; extent: Extent }
  | { kind: 'while'; condition: Statement; body: Block; extent: Extent }
  | { kind: 'do'; body: Block; condition: Statement; until: boolean; extent: Extent }
  | { kind: 'switch'; value: Statement; comparison: 'exact' | 'regex' | 'wildcard'; caseSensitive: boolean; clauses: readonly { pattern: Expression | undefined; body: Block }[]; extent: Extent }
  | FunctionStatement
  | { kind: 'try'; body: Block; handlers: readonly { types: readonly string[]; body: Block }[]; last: Block | undefined; extent: Extent }
  | { kind: 'throw'; value: Statement | undefined; extent: Extent }
  | { kind: 'break' | 'continue'; extent: Extent }
  | { kind: 'return'; value: Statement | undefined; extent: Extent };

export interface FunctionStatement {
  kind: 'function';
  name: string;
  /** Without parameters nothing is declared: what is given is in `$args` then. */
  script: Script;
  extent: Extent;
}

export type PipelineBlock = 'begin' | 'process' | 'end';

export type Block = readonly Statement[];
export type AssignmentOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=';
/** Where output goes instead of the screen. A missing file means: nowhere. */
export interface Redirection {
  stream: 'output' | 'errors';
  file: Expression | undefined;
  append: boolean;
}

export type PipelineElement = { kind: 'expression'; expression: Expression } | Command;

export interface Command {
  kind: 'command';
  /** A bare word, or what stands after `&`. */
  name: Expression;
  /** `. name`: what it sets stays with the caller. */
  dotted?: true;
  arguments: readonly CommandArgument[];
  extent: Extent;
}

export type CommandArgument =
  | { kind: 'value'; value: Expression; extent: Extent }
  | { kind: 'parameter'; name: string; value: Expression | undefined; extent: Extent }
  | { kind: 'splat'; variable: string; extent: Extent };

export type Expression = { extent: Extent } & (
  | { kind: 'literal'; value: string | number }
  /** A text with parts to fill in. */
  | { kind: 'expandable'; parts: readonly (string | Expression)[] }
  /** A word among arguments: text, even where it looks like a number. */
  | { kind: 'word'; text: string }
  | { kind: 'variable'; name: string }
  | { kind: 'array'; items: readonly Expression[] }
  | { kind: 'array-of'; body: Block }
  | { kind: 'hashtable'; entries: readonly { key: Expression; value: Statement }[] }
  | { kind: 'group'; statement: Statement }
  | { kind: 'sub-expression'; body: Block }
  | { kind: 'script-block'; script: Script }
  | { kind: 'member'; object: Expression; name: Expression; static: boolean }
  | { kind: 'call'; object: Expression; name: Expression; static: boolean; arguments: readonly Expression[] }
  | { kind: 'index'; object: Expression; index: Expression }
  | { kind: 'unary'; operator: UnaryOperator; operand: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  /** `$i++`, `--$i`: a variable that steps by one, and its value before or after. */
  | { kind: 'step'; target: Expression; sign: '++' | '--'; prefix: boolean }
  | { kind: 'type'; name: string }
  | { kind: 'cast'; type: string; operand: Expression }
);

export type UnaryOperator = '-' | '+' | 'not' | 'join' | 'split';
