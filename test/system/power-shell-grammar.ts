import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';

// Its one file is of CommonJS, from which nothing can be imported by name.
const require = createRequire(import.meta.url);
const treeSitter = require('@vscode/tree-sitter-wasm') as typeof TreeSitter;
let parser: Promise<TreeSitter.Parser> | undefined;

async function load(): Promise<TreeSitter.Parser> {
  const folder = dirname(require.resolve('@vscode/tree-sitter-wasm'));
  await treeSitter.Parser.init({ locateFile: (name: string) => join(folder, name) });
  return new treeSitter.Parser().setLanguage(await treeSitter.Language.load(join(folder, 'tree-sitter-powershell.wasm')));
}

/** Where a script is not PowerShell, by a grammar that is none of ours: the one of tree-sitter that Visual Studio Code ships. */
export async function powerShellErrors(script: string): Promise<readonly string[]> {
  const tree = (await (parser ??= load())).parse(script);
  if (tree === null) return ['not parsed'];
  const errors: string[] = [];
  const visit = (node: TreeSitter.Node): void => {
    if (node.isError || node.isMissing) errors.push(`line ${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`);
    else if (node.hasError) for (const child of node.children) if (child !== null) visit(child);
  };
  visit(tree.rootNode);
  tree.delete();
  return errors;
}
