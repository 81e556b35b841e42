import type { Extent } from '../language/shell-error.ts';
import { ShellError } from '../language/shell-error.ts';
import type { FunctionParameter, Validation } from '../language/syntax-tree.ts';
import { itemsOf, toBoolean, toNumber, toText } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { regularExpression } from './operators.ts';
import type { ShellState } from './shell-state.ts';
import type { ShellValue } from './values.ts';
import { isScriptBlock } from './values.ts';

/**
 * Holds what was given for a parameter of a function against its `Validate` attributes; the texts are PowerShell's.
 *
 * @throws ShellError `SHELL_PARAMETER`
 */
export async function validateArgument({ name, validations }: FunctionParameter, given: ShellValue, extent: Extent | undefined, state: ShellState): Promise<void> {
  for (const validation of validations) {
    const wrong = await fault(validation, given, state);
    if (wrong !== undefined) throw new ShellError('SHELL_PARAMETER', `Cannot validate argument on parameter '${name}'. ${wrong}`, extent === undefined ? {} : { extent });
  }
}

async function fault(validation: Validation, given: ShellValue, state: ShellState): Promise<string | undefined> {
  const items = itemsOf(given);
  if (validation.kind === 'count') {
    if (items.length < validation.least) return `The parameter requires at least ${validation.least} value(s) and no more than ${validation.most} value(s) - ${items.length} value(s) were provided.`;
    return items.length > validation.most ? `The number of provided arguments, (${items.length}), exceeds the maximum number of allowed arguments (${validation.most}). Provide fewer than ${validation.most} arguments, and then try the command again.` : undefined;
  }
  if (validation.kind === 'notnull') return given === null ? 'The argument is null. Provide a valid value for the argument, and then try running the command again.' : undefined;
  if (validation.kind === 'notnullorempty') return items.length === 0 || items.some((item) => toText(item) === '') ? 'The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.' : undefined;
  for (const item of items) {
    const wrong = await faultOfItem(validation, item, state);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

async function faultOfItem(validation: Exclude<Validation, { kind: 'count' | 'notnull' | 'notnullorempty' }>, item: ShellValue, state: ShellState): Promise<string | undefined> {
  const text = toText(item).slice(0, 100);
  switch (validation.kind) {
    case 'set':
      return validation.allowed.some((word) => word.toLowerCase() === text.toLowerCase()) ? undefined : `The argument "${text}" does not belong to the set "${validation.allowed.join(',')}" specified by the ValidateSet attribute.`;
    case 'range': {
      const number = toNumber(item);
      if (number > validation.most) return `The ${text} argument is greater than the maximum allowed range of ${validation.most}. Supply an argument that is less than or equal to ${validation.most} and then try the command again.`;
      return number < validation.least ? `The ${text} argument is less than the minimum allowed range of ${validation.least}. Supply an argument that is greater than or equal to ${validation.least} and then try the command again.` : undefined;
    }
    case 'length': {
      const { length } = toText(item);
      if (length > validation.most) return `The character length of the ${length} argument is too long. Shorten the character length of the argument so it is fewer than or equal to "${validation.most}" characters, and then try the command again.`;
      return length < validation.least ? `The character length (${length}) of the argument is too short. Specify an argument with a length that is greater than or equal to "${validation.least}", and then try the command again.` : undefined;
    }
    case 'pattern':
      return regularExpression(validation.pattern, 'i').test(toText(item)) ? undefined : `The argument "${text}" does not match the "${validation.pattern}" pattern. Supply an argument that matches "${validation.pattern}" and try the command again.`;
    default: {
      const block = await evaluate(validation.script, state);
      return !isScriptBlock(block) || toBoolean(await state.interpreter.valueWithItem(block, item, state)) ? undefined : `The "${block.text}" validation script for the argument with value "${text}" did not return a result of True. Determine why the validation script failed, and then try the command again.`;
    }
  }
}
