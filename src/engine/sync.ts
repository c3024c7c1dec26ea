import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { Container } from '#contract';
import { ask, isMissing } from './ask';
import type { EngineEvent } from './events';
import type { Kind, Kinds, Projection } from './projection';
import { fromInspect, fromList, inspectedContainer, listedContainer } from './projection-containers';
import { listedImage, saidNetwork, saidVolume } from './projection-objects';
import { Refresher } from './refresher';

/** Inspects under way at once: few enough to leave the engine free for what the user does. */
const INSPECTS_AT_ONCE = 4;

/** Actions that change nothing a list shows: `kill` is a signal, and what it does is told by `die`. */
const harmless = new Set(['kill', 'mount', 'unmount', 'prune', 'commit']);

const volumesAnswer = z.object({ Volumes: z.array(saidVolume).nullable() });

/** Those whose rows lack most until they were inspected come first. */
const urgency = ({ state }: Container) =>
  state === 'running' || state === 'restarting' || state === 'paused' ? 0 : state === 'created' ? 2 : 1;

/**
 * Keeps the projection equal to one connected engine. What happens while the first lists are read is noted and
 * looked up afterwards, so that nothing is lost and nothing old overwrites something new.
 */
export class Sync {
  readonly #refresher: Refresher;
  #listed = false;
  readonly #early: EngineEvent[] = [];

  constructor(
    private readonly docker: Dockerode,
    private readonly projection: Projection,
    private readonly signal: AbortSignal,
    /** A look-up failed for another reason than that the object is gone. */
    onFailure: (error: unknown) => void,
  ) {
    this.#refresher = new Refresher({ atOnce: INSPECTS_AT_ONCE, look: (key) => this.#look(key), onFailure });
  }

  /** Reads all lists at once and shows them, then inspects what they do not tell enough about. */
  async list(): Promise<void> {
    const { docker, signal } = this;
    const [containers, images, volumes, networks] = await Promise.all([
      ask(docker, {
        path: '/containers/json',
        query: { all: true },
        answer: z.array(listedContainer),
        signal,
      }),
      ask(docker, { path: '/images/json', answer: z.array(listedImage), signal }),
      ask(docker, { path: '/volumes', answer: volumesAnswer, signal }),
      ask(docker, { path: '/networks', answer: z.array(saidNetwork), signal }),
    ]);
    const found = containers.map(fromList);
    this.projection.replaceAll({ containers: found, images, volumes: volumes.Volumes ?? [], networks });
    this.#listed = true;
    for (const event of this.#early.splice(0)) this.apply(event);
    for (const { id } of found.sort((a, b) => urgency(a) - urgency(b))) {
      this.#refresher.touch(`containers ${id}`, { urgent: false });
    }
  }

  /** Looks up what an event may have changed. */
  apply(event: EngineEvent): void {
    if (!this.#listed) {
      this.#early.push(event);
      return;
    }
    const { kind, action, id, attributes } = event;
    if (kind === 'image' || (kind === 'container' && action === 'commit')) {
      this.#touch('images', '');
      return;
    }
    if (kind === 'network' && (action === 'connect' || action === 'disconnect')) {
      if (attributes.container) this.#touch('containers', attributes.container);
      return;
    }
    if (harmless.has(action)) return;
    const shelf: Kind = `${kind}s`;
    // Podman says `remove` for containers as well.
    if (action === 'destroy' || action === 'remove') {
      this.#refresher.forget(`${shelf} ${id}`);
      this.projection.drop(shelf, id);
    } else this.#touch(shelf, id);
  }

  /** Resolves when the projection has the present state of this container. */
  refreshContainer(id: string): Promise<void> {
    return this.#refresher.touch(`containers ${id}`, { urgent: true });
  }

  #touch(kind: Kind, id: string): void {
    void this.#refresher.touch(`${kind} ${id}`, { urgent: true });
  }

  /** Asks for one object; the answer is a function that shows it, to be dropped when it came too late. */
  async #look(key: string): Promise<() => void> {
    const space = key.indexOf(' ');
    const id = key.slice(space + 1);
    switch (key.slice(0, space)) {
      case 'containers':
        return this.#lookAt('containers', id, async (options) =>
          fromInspect(await ask(this.docker, { ...options, answer: inspectedContainer })),
        );
      case 'volumes':
        return this.#lookAt('volumes', id, (options) => ask(this.docker, { ...options, answer: saidVolume }));
      case 'networks':
        return this.#lookAt('networks', id, (options) =>
          ask(this.docker, { ...options, answer: saidNetwork }),
        );
      default:
        return this.#lookAtImages();
    }
  }

  async #lookAt<K extends Exclude<Kind, 'images'>>(
    kind: K,
    id: string,
    read: (question: { path: string; signal: AbortSignal }) => Promise<Kinds[K]>,
  ): Promise<() => void> {
    const path = `/${kind}/${encodeURIComponent(id)}${kind === 'containers' ? '/json' : ''}`;
    try {
      const item = await read({ path, signal: this.signal });
      return () => this.projection.set(kind, id, item);
    } catch (error) {
      if (isMissing(error)) return () => this.projection.drop(kind, id);
      throw error;
    }
  }

  /**
   * Images are listed, not inspected: only the list tells a dangling image from a layer of another, a tag that
   * moves takes itself from an image that no event names, and with the containerd store sizes differ.
   */
  async #lookAtImages(): Promise<() => void> {
    const images = await ask(this.docker, {
      path: '/images/json',
      answer: z.array(listedImage),
      signal: this.signal,
    });
    return () => this.projection.replace('images', images, (image) => image.id);
  }
}
