import { z } from 'zod';
import type { LayerProgress, TaskProgress } from '#contract';

/** A line of `POST /images/create`. `status` is the only thing that tells a layer's phase. */
export const pullLine = z.object({
  id: z.string().optional(),
  status: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).nullish(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string() }).nullish(),
});
export type PullLine = z.infer<typeof pullLine>;

/** Words of the engine (moby, distribution/pull_v2.go and xfer/download.go) and what they mean. */
const phases: Record<string, LayerProgress['phase']> = {
  'Pulling fs layer': 'waiting',
  Waiting: 'waiting',
  Downloading: 'downloading',
  'Verifying Checksum': 'verifying',
  'Download complete': 'verifying',
  Extracting: 'extracting',
  'Pull complete': 'done',
  'Already exists': 'exists',
};

/** Bytes per second are measured over at least this long, and smoothed. */
const sampleMs = 500;
const smoothing = 0.3;

interface Layer extends LayerProgress {
  downloadedBytes: number;
  sizeBytes: number | null;
}

const hasEnded = ({ phase }: Layer) => phase === 'done' || phase === 'exists';

/** Adds the lines of a pull up to what a person wants to know. */
export class PullProgress {
  readonly #layers = new Map<string, Layer>();
  #rate: number | null = null;
  #sampledAt: number;
  #sampledBytes = 0;

  constructor(private readonly now: () => number = Date.now) {
    this.#sampledAt = now();
  }

  /** Notes a line; true when it says something new about a layer. */
  add({ id, status, progressDetail }: PullLine): boolean {
    const phase = status === undefined ? undefined : phases[status];
    if (id === undefined || phase === undefined) return false;
    const { current, total } = progressDetail ?? {};
    const layer = this.#layers.get(id) ?? {
      id,
      phase,
      currentBytes: 0,
      totalBytes: null,
      downloadedBytes: 0,
      sizeBytes: null,
    };
    layer.phase = phase;
    if (phase === 'downloading') {
      layer.downloadedBytes = current ?? layer.downloadedBytes;
      if (total !== undefined && total > 0) layer.sizeBytes = total;
    } else if (phase === 'verifying' && layer.sizeBytes !== null) {
      layer.downloadedBytes = layer.sizeBytes;
    }
    layer.currentBytes = phase === 'extracting' ? (current ?? 0) : layer.downloadedBytes;
    layer.totalBytes = phase === 'extracting' ? (total ?? layer.sizeBytes) : layer.sizeBytes;
    this.#layers.set(id, layer);
    return true;
  }

  /** The pull succeeded. The engine's last word on a layer can be left out when it is busy (xfer drops updates). */
  complete(): void {
    for (const layer of this.#layers.values()) {
      if (layer.phase !== 'exists') layer.phase = 'done';
      layer.downloadedBytes = layer.sizeBytes ?? layer.downloadedBytes;
      layer.currentBytes = layer.downloadedBytes;
      layer.totalBytes = layer.sizeBytes;
    }
  }

  /** @returns the whole, with rate and time left as far as they are known */
  whole(): TaskProgress {
    const layers = [...this.#layers.values()];
    const receivedBytes = layers.reduce((sum, { downloadedBytes }) => sum + downloadedBytes, 0);
    // A layer that ended without telling its size was small, or there already.
    const sizes = layers.map((layer) => layer.sizeBytes ?? (hasEnded(layer) ? 0 : null));
    const totalBytes = sizes.reduce<number | null>(
      (sum, size) => (sum === null || size === null ? null : sum + size),
      0,
    );
    const bytesPerSecond = this.#measure(receivedBytes);
    const left = totalBytes === null ? null : totalBytes - receivedBytes;
    return {
      kind: 'layers',
      doing: doing(layers),
      layers: layers.map(({ id, phase, currentBytes, totalBytes: size }) => ({
        id,
        phase,
        currentBytes,
        totalBytes: size,
      })),
      receivedBytes,
      totalBytes: layers.length === 0 ? null : totalBytes,
      bytesPerSecond,
      secondsLeft: left !== null && left > 0 && bytesPerSecond ? left / bytesPerSecond : null,
    };
  }

  #measure(receivedBytes: number): number | null {
    const elapsed = this.now() - this.#sampledAt;
    if (elapsed < sampleMs) return this.#rate;
    const rate = ((receivedBytes - this.#sampledBytes) / elapsed) * 1000;
    this.#rate = this.#rate === null ? rate : this.#rate + smoothing * (rate - this.#rate);
    this.#sampledAt = this.now();
    this.#sampledBytes = receivedBytes;
    return this.#rate;
  }
}

function doing(layers: Layer[]): string {
  if (layers.length === 0) return 'Asking the registry';
  if (layers.some(({ phase }) => phase === 'downloading')) return 'Downloading';
  if (layers.some(({ phase }) => phase === 'extracting')) return 'Extracting';
  if (layers.some(({ phase }) => phase === 'verifying')) return 'Verifying';
  return layers.every(hasEnded) ? 'Finishing' : 'Waiting for the registry';
}
