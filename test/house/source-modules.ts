import { globSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceModule {
  /** From the root, with slashes: `src/agent/index.ts`. */
  path: string;
  text: string;
  imports: readonly string[];
}

/** All TypeScript files that match, in the order of their paths. */
export function readModules(patterns: readonly string[]): SourceModule[] {
  const paths = globSync([...patterns], { cwd: root }).map((path) => path.split(sep).join('/'));
  return paths.sort().map((path) => sourceModule(path, readFileSync(`${root}${path}`, 'utf8')));
}

export function sourceModule(path: string, text: string): SourceModule {
  return { path, text, imports: findImports(text) };
}

const statements = /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(?<specifier>[^'"\n]+)\1/gm;
const bareImports = /^[ \t]*import\s*(['"])(?<specifier>[^'"\n]+)\1/gm;
const calls = /\bimport\(\s*(['"`])(?<specifier>[^'"`\n]+)\1/g;

/** The specifiers of `import … from`, `export … from`, `import '…'`, `import('…')` and `typeof import('…')`, types or not. */
export function findImports(text: string): string[] {
  return [statements, bareImports, calls].flatMap((pattern) => Array.from(text.matchAll(pattern), (match) => match.groups?.['specifier'] ?? ''));
}

/** The room of a path, or nothing for a file that lies in none. */
export function roomOf(path: string): string | undefined {
  return /^src\/(?<room>[^/]+)\//.exec(path)?.groups?.['room'];
}

/** What a relative specifier points at, from the root; nothing for packages and `node:` modules. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined;
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}
