// A vitest reporter for scripts/test.mjs: writes { passed, failed, skipped: [{ name, reason }] } to the file named
// by GANTRY_TALLY, and names every test that passed only at its second try. A test file that cannot be loaded counts
// as one failed test.
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      if (module.errors().length > 0) tally.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') {
          tally.passed += 1;
          if (test.diagnostic()?.flaky) console.log(`needed a second try: ${test.fullName}`);
        } else if (result.state === 'failed') tally.failed += 1;
        else tally.skipped.push({ name: test.fullName, reason: result.note ?? 'said in its name' });
      }
    }
    if (process.env.GANTRY_TALLY) writeFileSync(process.env.GANTRY_TALLY, JSON.stringify(tally));
  }
}
