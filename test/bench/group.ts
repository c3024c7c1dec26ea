import type { Figure } from './figure';

/** Measures the benchmarks that it names, together because they share what is slow to set up. */
export interface Group {
  names: string[];
  measure(): Promise<Record<string, Figure>>;
  /** Why it cannot be measured here, in plain words; undefined when it can. */
  whyNot?(): string | undefined;
}
