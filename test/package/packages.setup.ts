import type { TestProject } from 'vitest/node';
import { ROOT } from '../harness/app';
import { run } from '../harness/run';
import { whyNoPackages } from './made';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What `npm run package` printed. */
    printed: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  if (whyNoPackages()) return;
  const output = await run(process.execPath, ['scripts/package.mjs'], { cwd: ROOT, env: process.env });
  console.log(output.toString());
  project.provide('printed', output.toString());
}
