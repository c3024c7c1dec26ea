import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { freePort } from '../../harness/free-port';
import { type Battery, theCase } from './case';
import { exchange } from './connect';
import { BOX } from './images';

/** Two services, of which one asks the other by its name; a network and a volume. */
const project = (port: number): string => `
services:
  web:
    image: ${BOX}
    ports: ["127.0.0.1:${port}:80"]
    networks: [inner]
    volumes: ["kept:/kept", "./pages:/pages:ro"]
    stop_grace_period: 1s
  asker:
    image: ${BOX}
    depends_on: [web]
    networks: [inner]
    command: ["sh", "-c", "until wget -q -O /kept/answer http://web/; do sleep 1; done; echo asked; trap 'exit 0' TERM; sleep 100000 & wait"]
    volumes: ["kept:/kept"]
networks:
  inner: {}
volumes:
  kept: {}
`;

export function composeCases(battery: Battery): void {
  describe('docker compose', () => {
    theCase(battery, 'up and down with two services, a network and a volume', 120, async (box) => {
      const { compose } = box.facts;
      if ('missing' in compose) return box.skip(compose.missing);
      const port = await freePort();
      // The names of what compose makes begin with the project's.
      const [name, folder] = [box.container(), await box.folder('project')];
      box.volume();
      box.network();
      await writeFile(join(folder, 'compose.yaml'), project(port));
      await compose(folder, '-p', name, 'up', '-d');

      const states = await compose(folder, '-p', name, 'ps', '--format', '{{.Service}} {{.State}}');
      expect(states.split('\n').sort()).toEqual(['asker running', 'web running']);
      await box.until(async () =>
        expect(await compose(folder, '-p', name, 'logs', 'asker')).toContain('asked'),
      );
      const answer = await exchange('127.0.0.1', port, Buffer.from('GET / HTTP/1.0\r\n\r\n'));
      expect(String(answer)).toContain('Hello from Gantry');
      expect(await compose(folder, '-p', name, 'exec', '-T', 'web', 'cat', '/kept/answer')).toContain(
        'Hello',
      );

      await compose(folder, '-p', name, 'down', '-t', '2');
      const filter = ['--filter', `label=com.docker.compose.project=${name}`];
      expect(await box.docker('ps', '-aq', ...filter)).toBe('');
      expect(await box.docker('network', 'ls', '-q', ...filter)).toBe('');
      expect(await box.docker('volume', 'ls', '-q', ...filter)).toBe(`${name}_kept`);
      await compose(folder, '-p', name, 'down', '-v');
      expect(await box.docker('volume', 'ls', '-q', ...filter)).toBe('');
    });
  });
}
