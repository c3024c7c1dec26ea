import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import { writeAtomically } from '#backend/atomic-file';

const file = z.object({ at: z.number() });

/** When the feed was asked for the last time, kept so that a new start of Gantry does not ask again. */
export class LastCheck {
  #at: number | null;
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'updates', 'last-check.json');
    this.#at = this.#read();
  }

  /** Milliseconds since 1970; null when never. */
  get at(): number | null {
    return this.#at;
  }

  /** It is asked now. */
  async note(): Promise<number> {
    const at = Date.now();
    this.#at = at;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeAtomically(this.#path, JSON.stringify({ at }));
    } catch (error) {
      console.error('When updates were looked for could not be kept:', error);
    }
    return at;
  }

  #read(): number | null {
    try {
      const { at } = file.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
      // A clock that was wrong must not put the next check off for years.
      return at <= Date.now() ? at : null;
    } catch {
      return null; // Never asked, or not to be read: it is asked once more.
    }
  }
}
