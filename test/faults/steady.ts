import assert from 'node:assert/strict';
import { freePort } from '../harness/free-port';
import { fixtureImage, loadImage } from '../harness/images';
import type { FaultHome } from './fault-home';
import { until } from './until';

/** The image of all containers here: busybox, and a web server as its own command. */
export const BOX = 'gantry-fault/box:latest';

/** A container that counts for as long as it runs, and one that serves a page: what a fault must leave alone. */
export class Steady {
  private constructor(
    private readonly home: FaultHome,
    private readonly port: number,
  ) {}

  static async start(home: FaultHome): Promise<Steady> {
    await loadImage({ cli: home.docker }, await fixtureImage('hello'), BOX);
    const steady = new Steady(home, await freePort());
    await steady.again();
    return steady;
  }

  /** Starts both, and again after a fault that ended them. */
  async again(): Promise<void> {
    const { docker } = this.home;
    await docker(['rm', '-f', 'steady', 'page']).catch(() => undefined);
    const count =
      'trap "exit 0" TERM; i=0; while :; do i=$((i+1)); echo $i >/next && mv /next /count; sleep 0.1; done';
    await docker(['run', '-d', '--name', 'steady', BOX, 'sh', '-c', count]);
    await docker(['run', '-d', '--name', 'page', '-p', `${this.port}:80`, BOX]);
    await until('it counts', 120_000, async () => (await this.#count()) || null);
  }

  async #count(): Promise<number> {
    return Number(await this.home.docker(['exec', 'steady', 'cat', '/count']));
  }

  async #startedAt(): Promise<string> {
    return this.home.docker(['inspect', '-f', '{{.State.StartedAt}} {{.State.Status}}', 'steady', 'page']);
  }

  async #page(): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/`, { signal: AbortSignal.timeout(5000) });
    return answer.text();
  }

  /** Whether the published port leads to the page, within some seconds. */
  async reachable(): Promise<void> {
    await until('the published port answers', 120_000, async () => (await this.#page()).includes('Hello'));
  }

  /** Remembers how the containers are; the result checks that nothing has happened to them since. */
  async remember(): Promise<() => Promise<void>> {
    const [started, count] = [await this.#startedAt(), await this.#count()];
    return async () => {
      assert.equal(await this.#startedAt(), started, 'A container was started again');
      const now = await until('it counts', 120_000, async () => (await this.#count()) || null);
      assert.ok(now > count, `It counts from the beginning: ${now} after ${count}`);
      await this.reachable();
    };
  }
}
