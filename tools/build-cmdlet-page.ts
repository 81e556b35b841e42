// `node tools/build-cmdlet-page.ts`: writes docs/cmdlets.md from the cmdlets' own descriptions.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cmdletPage } from './cmdlet-page.ts';
import { root } from './stages.ts';

writeFileSync(join(root, 'docs', 'cmdlets.md'), cmdletPage());
