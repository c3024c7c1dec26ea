import { appendFile, chmod, mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileEvents } from '#vm/shares/file-events';

let folder: string;
let stop: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await rm(folder, { recursive: true });
});

/** The paths that are reported, below the folder, and the waiting for one of them. */
class Heard {
  readonly paths: string[] = [];
  #wake: () => void = () => undefined;
  #ready: () => void = () => undefined;
  readonly ended: Promise<void>;

  constructor() {
    this.ended = this.#listen();
  }

  async #listen(): Promise<void> {
    for await (const batch of fileEvents([folder], stop.signal)) {
      this.paths.push(...batch.map((path) => path.slice(folder.length + 1)));
      this.#wake();
      this.#ready();
    }
  }

  /** Resolves when changes are seen: writes until one is. */
  async begin(): Promise<void> {
    const first = new Promise<void>((resolve) => {
      this.#ready = resolve;
    });
    const timer = setInterval(() => void writeFile(join(folder, 'begin'), 'x'), 20);
    await first;
    clearInterval(timer);
  }

  async until(path: string): Promise<void> {
    while (!this.paths.includes(path)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

describe('file events', () => {
  it('tells writes, in folders that were there and in new ones', async () => {
    await mkdir(join(folder, 'src/deep'), { recursive: true });
    const heard = new Heard();
    await heard.begin();
    await writeFile(join(folder, 'src/deep/a.ts'), '1');
    await heard.until('src/deep/a.ts');
    await mkdir(join(folder, 'new'));
    await heard.until('new');
    await writeFile(join(folder, 'new/b.ts'), '1');
    await heard.until('new/b.ts');
    await appendFile(join(folder, 'new/b.ts'), '2');
    heard.paths.length = 0;
    await heard.until('new/b.ts');
  });

  it('does not tell a change of attributes of what it has told, so that the relay does not hear itself', async () => {
    const heard = new Heard();
    await heard.begin();
    await writeFile(join(folder, 'a'), '1');
    await heard.until('a');
    heard.paths.length = 0;
    await chmod(join(folder, 'a'), 0o600);
    await chmod(join(folder, 'a'), 0o644);
    // Comes later than those would.
    await writeFile(join(folder, 'b'), '1');
    await heard.until('b');
    expect(heard.paths).not.toContain('a');
  });

  it('tells of a file that is gone as its folder, and of the new name of one that was renamed', async () => {
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'sub/a'), '1');
    await writeFile(join(folder, 'sub/b'), '1');
    const heard = new Heard();
    await heard.begin();
    await unlink(join(folder, 'sub/a'));
    await heard.until('sub');
    await rename(join(folder, 'sub/b'), join(folder, 'sub/c'));
    await heard.until('sub/c');
  });

  it("does not tell a change of a folder's own attributes, which the relay makes when an entry is gone", async () => {
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'sub/a'), '1');
    const heard = new Heard();
    await heard.begin();
    await unlink(join(folder, 'sub/a'));
    await heard.until('sub');
    heard.paths.length = 0;
    await chmod(join(folder, 'sub'), 0o700);
    await chmod(join(folder, 'sub'), 0o755);
    // Comes later than those would.
    await writeFile(join(folder, 'b'), '1');
    await heard.until('b');
    expect(heard.paths).not.toContain('sub');
  });

  it('ends with its signal, also while nothing happens', async () => {
    const heard = new Heard();
    await heard.begin();
    stop.abort();
    await heard.ended;
  });

  it('goes on when a folder that it watches is deleted', async () => {
    await mkdir(join(folder, 'sub'));
    const heard = new Heard();
    await heard.begin();
    await rm(join(folder, 'sub'), { recursive: true });
    await writeFile(join(folder, 'later'), '1');
    await heard.until('later');
  });
});
