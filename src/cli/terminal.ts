/** What is known about the place where output goes. */
export interface TerminalFacts {
  environment: Readonly<Record<string, string | undefined>>;
  /** Whether the stream is a terminal. */
  isTTY: boolean;
  /** Columns of the terminal, where the stream knows them. */
  columns?: number;
}

export interface Terminal {
  colour: boolean;
  /** Columns to write at most. */
  width: number;
  /** Whether a person sits there: progress and questions make sense. */
  interactive: boolean;
}

const narrowestWidth = 40;
/** Wide enough for most tables, and what a log viewer or a mail still shows without wrapping. */
const widthOfFiles = 120;

/**
 * Decides on colour and width. Colour: `FORCE_COLOR` wins (`0` or `false` forbids, anything else demands), as in Node;
 * then a non-empty `NO_COLOR` forbids (no-color.org); then a terminal that is not `TERM=dumb` has it. Width: the
 * stream's columns, else `COLUMNS`, else 80 on a terminal and 120 elsewhere.
 */
export function describeTerminal(facts: TerminalFacts): Terminal {
  return { colour: wantsColour(facts), width: widthOf(facts), interactive: facts.isTTY && facts.environment['TERM'] !== 'dumb' && !isSet(facts.environment['CI']) };
}

function wantsColour({ environment, isTTY }: TerminalFacts): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (isSet(environment['NO_COLOR'])) return false;
  return isTTY && environment['TERM'] !== 'dumb';
}

function widthOf({ environment, isTTY, columns }: TerminalFacts): number {
  const width = columns !== undefined && columns > 0 ? columns : Number(environment['COLUMNS']);
  if (Number.isInteger(width) && width > 0) return Math.max(narrowestWidth, width);
  return isTTY ? 80 : widthOfFiles;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';

/** Styles a text for the terminal, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** ECMA-48 §8.3.117 (SGR): the parameter that turns a style on and the one that turns it off. */
const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

export function createPaint(colour: boolean): Paint {
  if (!colour) return (_, text) => text;
  return (style, text) => {
    const [on, off] = codes[style];
    return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
