import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import Dockerode from 'dockerode';
import { afterEach, describe, expect, test } from 'vitest';
import type { TaskProgress } from '#contract';
import { pullImage } from '#engine/pull';

type Layers = Extract<TaskProgress, { kind: 'layers' }>;

let close: (() => void) | undefined;
afterEach(() => close?.());

/** An engine whose pull sends these pieces, each on its own; other requests are those for the pulled image. */
async function engineThatSends(
  pieces: readonly Buffer[],
  end: (answer: ServerResponse) => void = (answer) => answer.end(),
) {
  const asked: { url: string; auth: string | undefined }[] = [];
  const server = createServer(async (request, answer) => {
    const auth = request.headers['x-registry-auth'];
    asked.push({ url: request.url ?? '', auth: typeof auth === 'string' ? auth : undefined });
    if (request.method === 'GET') {
      answer.setHeader('content-type', 'application/json');
      answer.end(JSON.stringify({ Id: 'sha256:pulled' }));
      return;
    }
    answer.writeHead(200, { 'content-type': 'application/json' });
    for (const piece of pieces) {
      answer.write(piece);
      // The next piece goes into a chunk of its own.
      await new Promise(setImmediate);
    }
    end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The engine has no port');
  return { docker: new Dockerode({ host: '127.0.0.1', port: address.port, protocol: 'http' }), asked };
}

const lines = (...objects: object[]) =>
  Buffer.from(objects.map((object) => `${JSON.stringify(object)}\r\n`).join(''));
const bytesOf = (whole: Buffer) => [...whole].map((byte) => Buffer.from([byte]));

async function pull(docker: Dockerode) {
  const told: Layers[] = [];
  const result = await pullImage(
    docker,
    { reference: 'team/app:1' },
    {
      signal: new AbortController().signal,
      onProgress: (progress) => {
        if (progress.kind === 'layers') told.push(progress);
      },
    },
  );
  return { result, told };
}

const whole = lines(
  { status: 'Pulling from team/app', id: '1' },
  { status: 'Pulling fs layer', progressDetail: {}, id: 'aaa' },
  {
    status: 'Downloading',
    progressDetail: { current: 40, total: 100 },
    progress: '[=>  ] 40B/100B é',
    id: 'aaa',
  },
  { status: 'Download complete', progressDetail: {}, id: 'aaa' },
  { status: 'Extracting', progressDetail: { current: 100, total: 100 }, id: 'aaa' },
  { status: 'Pull complete', progressDetail: {}, id: 'aaa' },
  { status: 'Digest: sha256:abc' },
  { status: 'Status: Downloaded newer image for team/app:1' },
);

describe('the stream of a pull', () => {
  test.each([
    ['as one chunk', [whole]],
    ['byte by byte, inside lines and inside characters', bytesOf(whole)],
  ])('is read %s', async (_how, pieces) => {
    const { docker, asked } = await engineThatSends(pieces);
    const { result, told } = await pull(docker);
    expect(result).toEqual({ reference: 'team/app:1', imageId: 'sha256:pulled' });
    const phases = told.map(({ layers }) => layers[0]?.phase);
    expect(phases.filter((phase, index) => phase !== phases[index - 1] || index === 0)).toEqual([
      undefined,
      'waiting',
      'downloading',
      'verifying',
      'extracting',
      'done',
    ]);
    expect(told.at(-1)).toMatchObject({ receivedBytes: 100, totalBytes: 100 });
    expect(asked[0]?.url).toContain('fromImage=team%2Fapp&tag=1');
  });

  test.each([
    ['toomanyrequests: You have reached your pull rate limit.', 'rate-limited'],
    ['write /var/lib/docker/tmp/GetImageBlob1: no space left on device', 'disk-full'],
    ['pull access denied for team/app, repository does not exist or may require docker login', 'pull-denied'],
    ['no matching manifest for linux/arm64/v8 in the manifest list entries', 'platform-missing'],
    ['manifest for team/app:1 not found: manifest unknown', 'tag-missing'],
    ['the registry fell into the sea – “glück”', 'unknown'],
  ])('fails with what it says in the middle: %s', async (message, code) => {
    const said = lines(
      { status: 'Downloading', progressDetail: { current: 40, total: 100 }, id: 'aaa' },
      { errorDetail: { message }, error: message },
    );
    const { docker } = await engineThatSends(bytesOf(said));
    await expect(pull(docker)).rejects.toMatchObject({ problem: { code, detail: message } });
  });

  test('that breaks off is no success', async () => {
    const { docker } = await engineThatSends([whole.subarray(0, 200)], (answer) => answer.destroy());
    await expect(pull(docker)).rejects.toHaveProperty('problem.code', 'engine-broke-off');
  });

  test('that is no JSON is a failure with its words, not a crash', async () => {
    const { docker } = await engineThatSends([Buffer.from('<html>proxy error</html>\n')]);
    await expect(pull(docker)).rejects.toMatchObject({ problem: { detail: expect.stringContaining('<') } });
  });
});

test('a sign-in travels in its header alone', async () => {
  const { docker, asked } = await engineThatSends([whole]);
  const auth = { username: 'ada', password: 'correct horse', serveraddress: 'registry.example' };
  await pullImage(
    docker,
    { reference: 'registry.example/team/app@sha256:'.padEnd(97, 'a'), platform: 'linux/arm64', auth },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  const [request] = asked;
  expect(JSON.parse(Buffer.from(request?.auth ?? '', 'base64url').toString())).toEqual(auth);
  expect(request?.url).not.toContain('horse');
  expect(request?.url).toContain('platform=linux%2Farm64');
  expect(request?.url).toContain('tag=sha256%3Aaaaa');
});
