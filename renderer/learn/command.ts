/** The docker commands that Gantry can carry out for a lesson. */
const verbs = [
  ...(['run', 'start', 'stop', 'pause', 'unpause', 'kill', 'rm', 'tag', 'rmi'] as const),
  ...(['volume create', 'volume rm', 'network create', 'network rm', 'network disconnect'] as const),
] as const;

export type Verb = (typeof verbs)[number];

/** A command as verb and names, its flags left out; null for one that Gantry cannot carry out. */
export function readCommand([, first = '', second = '', ...rest]: readonly string[]): {
  verb: Verb;
  names: string[];
} | null {
  const two = verbs.find((verb) => verb === `${first} ${second}`);
  const verb = two ?? verbs.find((one) => one === first);
  if (!verb) return null;
  const names = (two ? rest : [second, ...rest]).filter((word) => !word.startsWith('--'));
  return { verb, names };
}
