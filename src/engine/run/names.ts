/** What the engine takes as the name of a container or a volume (moby, daemon/names). */
const validName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

export const isValidName = (name: string): boolean => validName.test(name);

/** The nearest valid name to what was written. */
export function validNameFrom(text: string): string {
  const name = text
    .trim()
    .replace(/[^a-zA-Z0-9_.-]+/g, '-')
    .replace(/^[^a-zA-Z0-9]+/, '')
    .replace(/-+$/, '');
  return name.length >= 2 ? name : `${name || 'container'}-1`;
}

/** `web`, or `web-2`, `web-3`, … whichever is free first. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const [, base = wanted, count] = /^(.*?)-(\d+)$/.exec(wanted) ?? [];
  let number = count === undefined ? 2 : Number(count) + 1;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** The last part of an image's name: `hello` of `localhost:5000/team/hello:1.0@sha256:…`. */
export function repositoryName(reference: string): string {
  const last = reference.split('@')[0]?.split('/').at(-1) ?? '';
  return validNameFrom(last.split(':')[0] ?? '');
}
