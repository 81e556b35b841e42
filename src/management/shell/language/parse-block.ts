import type { Block, Statement } from './syntax-tree.ts';
import type { Scanner } from './scanner.ts';

/** A statement in brackets: what `if`, loops and `switch` stand before. */
export function parseCondition(scanner: Scanner): Statement {
  scanner.skipBlanks({ lines: true });
  const opened = scanner.at;
  if (!scanner.take('(')) throw scanner.unexpected("Missing '(' after the keyword.");
  scanner.skipBlanks({ lines: true });
  const condition = scanner.nested(() => scanner.grammar.statement(scanner));
  scanner.skipBlanks({ lines: true });
  scanner.expect(')', opened, 'in condition');
  return condition;
}

export function parseBlock(scanner: Scanner): Block {
  scanner.skipBlanks({ lines: true });
  const opened = scanner.at;
  if (!scanner.take('{')) throw scanner.unexpected("Missing statement block '{ … }'.");
  return scanner.nested(() => scanner.grammar.block(scanner, '}', opened));
}

/** Moves past a keyword that may stand on a later line, if it does. */
export function takeKeyword(scanner: Scanner, keyword: RegExp): RegExpExecArray | undefined {
  const before = scanner.at;
  scanner.skipBlanks({ lines: true });
  const found = scanner.match(keyword);
  if (found === null) {
    scanner.at = before;
    return undefined;
  }
  scanner.at += found[0].length;
  return found;
}
