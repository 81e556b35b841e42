import { arrows, unreachable } from './rooms.ts';
import type { SourceModule } from './source-modules.ts';
import { isTest, resolveImport, roomOf } from './source-modules.ts';

/**
 * Imports that the house forbids: along no arrow, past a door, out of src/, without `.ts`, or into cli/. Tests may
 * enter any room but cli, by its door.
 */
export function forbiddenImports(modules: readonly SourceModule[]): string[] {
  const violations: string[] = [];
  for (const module of modules) {
    const from = roomOf(module.path);
    if (from === undefined || arrows[from] === undefined) {
      violations.push(`${module.path} lies in no room of the table`);
      continue;
    }
    for (const specifier of module.imports) {
      const target = resolveImport(module.path, specifier);
      const reason = target === undefined ? undefined : reasonAgainst(module.path, from, target);
      if (reason !== undefined) violations.push(`${module.path} imports ${specifier}: ${reason}`);
    }
  }
  return violations;
}

function reasonAgainst(path: string, from: string, target: string): string | undefined {
  const to = roomOf(target);
  if (to === undefined) return target.endsWith('.json') ? undefined : 'it lies outside the rooms';
  if (!/\.(?:ts|json)$/.test(target)) return 'the specifier lacks its extension';
  if (to === from) return undefined;
  if (to === 'cli') return 'nobody imports cli';
  if (target !== `src/${to}/index.ts`) return `${to} is entered only by its door`;
  if (to === 'foundation' || isTest(path) || arrows[from]?.includes(to) === true) return undefined;
  return `${from} may not import ${to}`;
}

/** Rooms that a module of `from` reaches through any chain of imports, with the chain that does. */
export function forbiddenReach(modules: readonly SourceModule[]): string[] {
  const byPath = new Map(modules.filter((module) => !isTest(module.path)).map((module) => [module.path, module]));
  const violations: string[] = [];
  for (const [from, forbidden] of Object.entries(unreachable)) {
    const cameFrom = new Map<string, string>();
    const queue = Array.from(byPath.keys()).filter((path) => roomOf(path) === from);
    const seen = new Set(queue);
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      for (const specifier of byPath.get(path)?.imports ?? []) {
        const target = resolveImport(path, specifier);
        if (target === undefined || seen.has(target)) continue;
        seen.add(target);
        cameFrom.set(target, path);
        const room = roomOf(target);
        if (room !== undefined && forbidden.includes(room)) violations.push(`${from} reaches ${room}: ${chainTo(target, cameFrom)}`);
        else queue.push(target);
      }
    }
  }
  return violations;
}

function chainTo(target: string, cameFrom: ReadonlyMap<string, string>): string {
  const chain = [target];
  for (let at = cameFrom.get(target); at !== undefined; at = cameFrom.get(at)) chain.unshift(at);
  return chain.join(' → ');
}
