import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Battery, type Case, theCase } from './case';
import { BOX } from './images';

interface Builder {
  name: string;
  env: NodeJS.ProcessEnv;
  /** Without these a build that fails leaves a container behind. */
  tidy: string[];
  missing(box: Case): string | undefined;
}

const BUILDERS: Builder[] = [
  {
    name: 'docker build (classic builder)',
    env: { DOCKER_BUILDKIT: '0' },
    tidy: ['--force-rm'],
    missing: () => undefined,
  },
  {
    name: 'docker build (BuildKit)',
    // One line for each step, whether or not there is a terminal.
    env: { DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain' },
    tidy: [],
    missing: ({ facts: { buildx } }) => (buildx === 'there' ? undefined : buildx.missing),
  },
];

/** A folder to build from, with these files. */
async function context(box: Case, files: Record<string, string | Buffer>): Promise<string> {
  const folder = await box.folder('context');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

function casesOf(battery: Battery, { name, env, tidy, missing }: Builder): void {
  const buildCase = (title: string, body: (box: Case) => Promise<void>): void =>
    theCase(battery, title, 60, async (box) => {
      const why = missing(box);
      if (why) box.skip(why);
      await body(box);
    });

  describe(name, () => {
    buildCase('builds from scratch, with the command from the file', async (box) => {
      const image = box.image();
      // A static program from an image that is here: nothing else could run in an image from nothing.
      const folder = await context(box, {
        Dockerfile: `FROM scratch\nCOPY --from=${BOX} /bin/busybox /echo\nCOPY words /words\nENTRYPOINT ["/echo", "from scratch"]\n`,
        words: 'words',
      });
      await box.dockerWith({ env }, 'build', '-t', image, folder);
      expect(await box.docker('run', '--rm', '--name', box.container(), image)).toBe('from scratch');
    });

    buildCase(
      'runs steps, leaves out what .dockerignore names, and takes its file from elsewhere',
      async (box) => {
        const image = box.image();
        const folder = await context(box, {
          '.dockerignore': '*.secret\nleft out\n',
          'files/Other.Dockerfile': `FROM ${BOX}\nARG WORD\nCOPY . /context\nRUN find /context -type f | sort > /list && echo $WORD > /word\nCMD ["cat", "/list", "/word"]\n`,
          'kept é': '1',
          'key.secret': '2',
          'left out/file': '3',
        });
        const args = ['--build-arg', 'WORD=given', '-f', join(folder, 'files/Other.Dockerfile'), folder];
        await box.dockerWith({ env }, 'build', '-t', image, ...args);
        expect((await box.docker('run', '--rm', '--name', box.container(), image)).split('\n')).toEqual([
          '/context/.dockerignore',
          '/context/files/Other.Dockerfile',
          '/context/kept é',
          'given',
        ]);
      },
    );

    buildCase('names the step that fails', async (box) => {
      const folder = await context(box, { Dockerfile: `FROM ${BOX}\nRUN echo trying && exit 23\n` });
      const done = await box.ended({ env }, 'build', ...tidy, folder);
      expect(done.code).not.toBe(0);
      const said = `${done.text}${done.complaint}`;
      expect(said).toContain('trying');
      expect(said).toMatch(/echo trying && exit 23/);
      expect(said).toMatch(/(returned a non-zero code|exit code): 23/);
    });

    buildCase('sends 20 MB', async (box) => {
      const image = box.image();
      const folder = await context(box, {
        Dockerfile: `FROM ${BOX}\nCOPY big /big\nCMD ["wc", "-c", "/big"]\n`,
        big: Buffer.alloc(20_000_000, 'big'),
      });
      await box.dockerWith({ env }, 'build', '-q', '-t', image, folder);
      expect(await box.docker('run', '--rm', '--name', box.container(), image)).toMatch(/^20000000 /);
    });
  });
}

export function buildCases(battery: Battery): void {
  for (const builder of BUILDERS) casesOf(battery, builder);
}
