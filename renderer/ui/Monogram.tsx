/** Two letters in place of a vendor's logo. */
export function Monogram({ name, size = 30 }: { name: string; size?: number }) {
  return (
    <span className="mg" aria-hidden="true" style={{ width: size, height: size }}>
      {monogram(name)}
    </span>
  );
}

/** The first two letters or digits of the last part of an image or container name. */
export function monogram(name: string): string {
  const last = name.split('/').pop() ?? name;
  return (last.match(/[\p{L}\p{N}]/gu) ?? []).slice(0, 2).join('').toLowerCase();
}
