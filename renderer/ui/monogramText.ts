/** The first two letters or digits of the last part of an image or container name. */
export function monogram(name: string): string {
  const last = name.split('/').pop() ?? name;
  return (last.match(/[\p{L}\p{N}]/gu) ?? []).slice(0, 2).join('').toLowerCase();
}
