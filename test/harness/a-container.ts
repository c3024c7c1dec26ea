import type { Container } from '#contract';

/** A container as the projection has it, with what a test cares about. */
export const aContainer = (part: Partial<Container>): Container => ({
  id: 'a'.repeat(64),
  name: 'web',
  image: 'nginx:1.29',
  imageId: 'sha256:1',
  command: '',
  createdAt: 0,
  state: 'running',
  health: 'none',
  failingStreak: 0,
  exitCode: null,
  oomKilled: false,
  startedAt: null,
  finishedAt: null,
  restartCount: 0,
  startError: '',
  ports: [],
  mounts: [],
  networks: [],
  project: null,
  service: null,
  projectFile: null,
  busy: null,
  ...part,
});
