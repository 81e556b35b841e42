type Step = '*' | '?' | { text: string } | { set: RegExp };

/**
 * Compiles a wildcard of PowerShell: `*`, `?`, `[a-z]`, and a backtick before what stands for itself
 * (about_Wildcards). Case does not count unless asked for. Time grows with pattern times text, never more.
 */
export function wildCardPattern(pattern: string, caseSensitive = false): (text: string) => boolean {
  const steps = compile(caseSensitive ? pattern : pattern.toLowerCase());
  return (text) => matches(steps, caseSensitive ? text : text.toLowerCase());
}

/** True when a pattern holds anything but plain text. */
export function isWildCard(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

function compile(pattern: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '*') {
      if (steps.at(-1) !== '*') steps.push('*');
    } else if (character === '?') steps.push('?');
    else if (character === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end === -1) steps.push({ text: character });
      else {
        steps.push({ set: new RegExp(`^[${pattern.slice(at + 1, end).replaceAll(/[\\\]^[]/g, String.raw`\$&`)}]$`, 'u') });
        at = end;
      }
    } else if (character === '`' && at + 1 < pattern.length) {
      at += 1;
      steps.push({ text: pattern.charAt(at) });
    } else steps.push({ text: character });
  }
  return steps;
}

/** Goes back to the last star only: an earlier one can never do better. */
function matches(steps: readonly Step[], text: string): boolean {
  let step = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = steps[step];
    if (wanted === '*') {
      star = step;
      starAt = at;
      step += 1;
    } else if (wanted !== undefined && fits(wanted, text.charAt(at))) {
      step += 1;
      at += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      step = star + 1;
    } else return false;
  }
  while (steps[step] === '*') step += 1;
  return step === steps.length;
}

function fits(step: Exclude<Step, '*'>, character: string): boolean {
  if (step === '?') return true;
  return 'set' in step ? step.set.test(character) : step.text === character;
}
