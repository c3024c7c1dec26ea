import { useState } from 'react';

/** A switch of a view that is remembered on this computer. */
export function useSetting(key: string, initial: boolean): [boolean, (on: boolean) => void] {
  const name = `gantry.${key}`;
  const [on, setOn] = useState(() => (localStorage.getItem(name) ?? String(initial)) === 'true');
  return [
    on,
    (next) => {
      localStorage.setItem(name, String(next));
      setOn(next);
    },
  ];
}
