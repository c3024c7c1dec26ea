import type { Container } from '#contract';
import { isIn, type Segment } from '../state';

/** Whether every word of the filter is somewhere in what the row shows. */
export function matchesText(container: Container, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const ports = container.ports.map(({ hostPort }) => hostPort ?? '').join(' ');
  const text =
    `${container.name} ${container.image} ${container.project ?? ''} ${container.id.slice(0, 12)} ${ports}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** How many containers each segment would show. */
export function countSegments(containers: readonly Container[]): Record<Segment, number> {
  const counts = { all: containers.length, running: 0, attention: 0, stopped: 0 };
  for (const container of containers) {
    if (isIn(container, 'running')) counts.running++;
    if (isIn(container, 'attention')) counts.attention++;
    if (isIn(container, 'stopped')) counts.stopped++;
  }
  return counts;
}
