// A Playwright reporter for scripts/test.mjs: writes { passed, failed, skipped: [{ name, reason }] } to the file
// named by GANTRY_TALLY, and names every test that passed only at its second try.
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
  onBegin(_config, suite) {
    this.suite = suite;
  }

  onEnd() {
    const tally = { passed: 0, failed: 0, skipped: [] };
    for (const test of this.suite.allTests()) {
      const name = test.titlePath().filter(Boolean).join(' › ');
      const outcome = test.outcome();
      if (outcome === 'skipped') {
        const why = [...test.annotations, ...test.results.flatMap((result) => result.annotations ?? [])];
        const reason = why.find((note) => note.type === 'skip' || note.type === 'fixme')?.description;
        tally.skipped.push({ name, reason: reason ?? 'an earlier test of its group failed' });
      } else if (outcome === 'unexpected') {
        tally.failed += 1;
      } else {
        tally.passed += 1;
        if (outcome === 'flaky') console.log(`needed a second try: ${name}`);
      }
    }
    if (process.env.GANTRY_TALLY) writeFileSync(process.env.GANTRY_TALLY, JSON.stringify(tally));
  }

  printsToStdio() {
    return false;
  }
}
