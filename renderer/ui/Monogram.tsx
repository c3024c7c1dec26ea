import { monogram } from './monogramText';

/** Two letters in place of a vendor's logo. */
export function Monogram({ name, size = 30 }: { name: string; size?: number }) {
  return (
    <span className="mg" aria-hidden="true" style={{ width: size, height: size }}>
      {monogram(name)}
    </span>
  );
}
