import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { publicKey, writeAppUpdate, writeFeed } from '../../scripts/package/feed.mjs';

type Answer = (response: ServerResponse, file: Buffer) => void;

export interface UpdateFeed extends AsyncDisposable {
  /** The folder with `app-update.yml`, `package.json` and `package-type`, as a packaged app has them. */
  app: string;
  /** Paths and user agents of the requests so far. */
  asked: { path: string; agent: string | undefined; headers: string[] }[];
  /** The package file's name. */
  file: string;
  /** Publishes a version in the way of `npm run package`, signed. @returns the feed's path @param content of the package */
  publish(version: string, content?: Buffer): string;
  /** Answers requests for names with this ending in another way. */
  answer(ending: string, how: Answer): void;
}

const port = z.object({ port: z.number() });

/** A feed as a maker has it: written and signed by the package step's own functions, served on loopback. */
export async function serveUpdates({ signed = true, way = 'deb' } = {}): Promise<UpdateFeed> {
  const root = mkdtempSync(join(tmpdir(), 'gantry-feed-'));
  const [web, app] = [join(root, 'web'), join(root, 'app')];
  for (const folder of [web, app]) mkdirSync(folder);
  const keyFile = join(root, 'key.pem');
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  process.env.GANTRY_UPDATE_KEY = keyFile;
  const answers = new Map<string, Answer>();
  const asked: UpdateFeed['asked'] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://feed').pathname;
    asked.push({ path, agent: request.headers['user-agent'], headers: Object.keys(request.headers) });
    let content: Buffer;
    try {
      content = readFileSync(join(web, basename(path)));
    } catch {
      response.writeHead(404).end();
      return;
    }
    const other = [...answers].find(([ending]) => path.endsWith(ending));
    if (other) other[1](response, content);
    else response.writeHead(200, { 'content-length': content.length }).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  writeAppUpdate(app, `http://127.0.0.1:${port.parse(server.address()).port}/`);
  const updates = signed ? { updates: { publicKey: publicKey() } } : {};
  writeFileSync(join(app, 'package.json'), JSON.stringify(updates));
  writeFileSync(join(app, 'package-type'), way);
  const file = `gantry_next_amd64.${way === 'rpm' ? 'rpm' : 'deb'}`;
  return {
    app,
    asked,
    file,
    publish(version, content = Buffer.alloc(300_000, version)) {
      writeFileSync(join(web, file), content);
      return writeFeed(web, { files: [join(web, file)], version, notes: `What is new in ${version}` }).path;
    },
    answer: (ending, how) => answers.set(ending, how),
    async [Symbol.asyncDispose]() {
      delete process.env.GANTRY_UPDATE_KEY;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      rmSync(root, { recursive: true, force: true });
    },
  };
}
