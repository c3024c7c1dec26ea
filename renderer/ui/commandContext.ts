import { create } from 'zustand';

interface CommandContext {
  /**
   * The docker context of the engine that Gantry shows, where a plain `docker` in a terminal would reach another one;
   * null where it would not.
   */
  context: string | null;
  /** What the user calls that engine, while a second one is connected; null while it is the only one. */
  engine: string | null;
}

export const useCommandContext = create<CommandContext>(() => ({ context: null, engine: null }));

/** A docker command as it must be typed to reach the engine of `context`. Other programs stay as they are. */
export function inContext(argv: readonly string[], context: string | null): readonly string[] {
  const [program, ...rest] = argv;
  if (context === null || program !== 'docker') return argv;
  return [program, `--context=${context}`, ...rest];
}

/** A command as it must be typed to reach the engine that Gantry shows. */
export function useInContext(argv: readonly string[]): readonly string[] {
  return inContext(
    argv,
    useCommandContext(({ context }) => context),
  );
}
