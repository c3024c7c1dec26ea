// Runs a program of the project that is written in TypeScript and never shipped: the benchmarks, the screenshots.
// usage: node scripts/run.mjs FILE.ts [ARGUMENT…]     (npm run bench -- NAME…, npm run screenshots)
// FILE exports `main(args: string[])`, whose promise's rejection ends this with exit code 1.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/run.mjs FILE.ts [ARGUMENT…]');
  process.exit(2);
}
const { module } = await runnerImport(resolve(ROOT, file), {
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  // Node 20 has no `using`.
  oxc: { target: 'es2023' },
});
await module.main(args);
