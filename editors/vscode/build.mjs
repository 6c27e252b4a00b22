// Bundles the extension, and puts beside it what it shares with the rest of the repository.
import { copyFileSync } from 'node:fs';
import { build } from 'esbuild';

await build({
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  bundle: true,
  external: ['vscode'],
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  logLevel: 'warning',
});
copyFileSync('../../server/project/cachelint.schema.json', 'cachelint.schema.json');
