// `node tools/build-failure-pages.ts`: writes docs/failures/ from the doctor's knowledge.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failurePages } from './failure-pages.ts';
import { root } from './stages.ts';

const folder = join(root, 'docs', 'failures');
const pages = failurePages();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, page] of pages) writeFileSync(join(folder, name), page);
console.log(`${pages.size} pages in ${folder}`);
