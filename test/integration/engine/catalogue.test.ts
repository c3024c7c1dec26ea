import { afterAll, beforeAll, expect, it } from 'vitest';
import { problem as problemSchema } from '#contract/problem';
import { startEngine, type TestEngine } from '../../harness/engine';
import { buildImage, busyboxLayer, fixtureImage, loadImage } from '../../harness/images';
import { expectLiveButtons } from '../../harness/live-buttons';
import { describeWithEngine } from '../../harness/shared';
import { provoked } from './provoked';
import { openBench } from './provoked/bench';

let engine: TestEngine;

/** Images that a container cannot be started from as they are. */
async function loadBroken() {
  const system = await busyboxLayer();
  const nothing = await buildImage({ layers: [system], run: {} });
  await loadImage(engine, nothing, 'gantry-test/no-command:latest');
  const script = { path: 'start.sh', content: '#!/bin/sh\r\necho hello\r\n', mode: 0o755 };
  const text = { path: 'no-program', content: 'no program\n', mode: 0o755 };
  const broken = await buildImage({
    layers: [system, { instruction: 'COPY . /', files: [script, text] }],
    run: { Env: ['PATH=/bin'] },
  });
  await loadImage(engine, broken, 'gantry-test/broken:latest');
}

describeWithEngine('the catalogue, provoked with a real engine', () => {
  // Of its own: networks until there are no address ranges left would be in the way of other tests.
  beforeAll(async () => {
    engine = await startEngine();
    for (const name of ['hello', 'noshell', 'failing'] as const) {
      await loadImage(engine, await fixtureImage(name), `gantry-test/${name}:latest`);
    }
    await loadBroken();
  });
  afterAll(() => engine?.stop());

  const all = Object.entries(provoked).flatMap(([list, entries]) =>
    Object.entries(entries).map(([code, provoke]) => ({ list, code, provoke })),
  );

  it.each(all)('$list: $code', async ({ code, provoke }) => {
    await using bench = openBench(engine);
    const problem = problemSchema.parse(await provoke(bench));
    expect(problem, problem.detail).toMatchObject({ code });
    expectLiveButtons(problem);
    expect(`${problem.title} ${problem.explanation}`).not.toMatch(/undefined|null|NaN/);
  });
});
