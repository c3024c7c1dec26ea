import { test } from './fixtures';
import { mainJob } from './main-job';

test('the main job: search, tags, pull, run, open, log, stop, start, delete, undo', async ({
  page,
  registry,
  engine,
}) => {
  await mainJob(page, {
    registry: registry.host,
    cli: (args) => engine.cli(args),
    patience: 30_000,
    bound: /-> 127\.0\.0\.1:\d+$/,
  });
});
