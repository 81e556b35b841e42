/**
 * `-File` and `-Command` as `powershell.exe` spells them, in any case, as the options that they are here. Only of
 * `hybridge shell`, and only in the place of an option: what a command holds is not touched.
 */
export function powerShellSwitches(argv: readonly string[]): string[] {
  if (argv[0] !== 'shell') return [...argv];
  return argv.map((word, index) => (/^-(?:file|command)$/i.test(word) && !isValue(argv[index - 1] ?? '') ? `-${word.toLowerCase()}` : word));
}

function isValue(before: string): boolean {
  return /^(?:--?(?:file|command)|-[cf]|--state|--config)$/i.test(before);
}
