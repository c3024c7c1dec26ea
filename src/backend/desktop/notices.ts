import type { ActivityEntry, Notice, Task, VmState } from '#contract';
import { routeOf } from './tray-items';

/** A container in a restart loop is told of once in this time. */
const quietMs = 10 * 60_000;

/** A container of the engine that is not shown has no page; this one leads to its engine. */
const elsewhere = '#/home';

/**
 * What is worth a notification: which events, and how often. Remembers what was told, so that one thing is told
 * once.
 */
export class NoticeRules {
  readonly #toldAt = new Map<string, number>();
  readonly #running = new Set<string>();
  #diskWasFull = false;

  /**
   * A container that ended by itself with a failure, or whose health check fails.
   * @param other what the user calls the engine beside the shown one, if it is of that
   */
  ofActivity(
    { kind, action, failed, asked, target, at, ...entry }: ActivityEntry,
    other?: string,
  ): Notice | null {
    if (kind !== 'container' || !failed || asked) return null;
    const title = other ? `${entry.title}, in ${other}` : entry.title;
    if (action === 'health_status') {
      if (this.#quiet(`health ${target}`, at)) return null;
      return {
        kind: 'unhealthy',
        title,
        text: 'It runs, but its health check fails.',
        route: other ? elsewhere : routeOf(target),
      };
    }
    if (action !== 'die' && action !== 'oom') return null;
    // Out of memory is followed by the end it leads to: told once.
    if (this.#quiet(`end ${target}`, at)) return null;
    const route = other ? elsewhere : routeOf(target, 'logs');
    return { kind: 'crashes', title, text: 'Its log may say why.', route };
  }

  /** A download that ended while it was watched, or work that failed because the engine's disk is full. */
  ofTask(task: Task): Notice | null {
    if (task.status === 'running') {
      this.#running.add(task.id);
      return null;
    }
    if (!this.#running.delete(task.id) || task.status === 'cancelled') return null;
    if (task.status === 'failed' && task.problem?.code === 'disk-full') {
      return {
        kind: 'diskFull',
        title: 'The engine’s disk is full',
        text: `${task.title} failed. Delete images that are not used, or give the disk more room.`,
        route: '#/images',
      };
    }
    return task.kind === 'pull' ? pullNotice(task) : null;
  }

  /** The VM stands still because this computer's disk is full. */
  ofVm({ problem }: VmState): Notice | null {
    const full = problem?.code === 'vm-host-disk-full';
    const isNews = full && !this.#diskWasFull;
    this.#diskWasFull = full;
    if (!isNews || !problem) return null;
    return { kind: 'diskFull', title: problem.title, text: problem.explanation, route: '#/home' };
  }

  #quiet(key: string, at: number): boolean {
    const last = this.#toldAt.get(key);
    if (last !== undefined && at - last < quietMs) return true;
    this.#toldAt.delete(key);
    this.#toldAt.set(key, at);
    // Nobody needs what is long past: the oldest come first.
    for (const [old, told] of this.#toldAt) {
      if (at - told < quietMs) break;
      this.#toldAt.delete(old);
    }
    return false;
  }
}

function pullNotice({ status, problem, result, subject }: Task): Notice {
  const name = result?.reference ?? subject[0] ?? 'The image';
  if (status === 'done') {
    return {
      kind: 'pulls',
      title: `${name} is downloaded`,
      text: 'A container can be started from it now.',
      route: result?.imageId ? `#/images/${encodeURIComponent(result.imageId)}` : '#/images',
    };
  }
  return {
    kind: 'pulls',
    title: `${name} could not be downloaded`,
    text: problem ? `${problem.title}. ${problem.explanation}` : '',
    route: '#/images',
  };
}
