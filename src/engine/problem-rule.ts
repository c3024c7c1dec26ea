import type { Problem } from '#contract/problem';

/** What the caller knows about the call that failed; each field makes the problem's words or its fix more exact. */
export interface ProblemContext {
  /** What was tried, to follow "Could not": `start web-1`, `delete the network front`. */
  doing?: string;
  /** The object it was about: a name, or an image reference as the user wrote it. */
  name?: string;
  id?: string;
  /** The container that holds what is in the way: the name, the port, the image, the volume. */
  holder?: { id: string; name: string };
  /** Containers that are connected to the network that should go. */
  connected?: { id: string; name: string }[];
  /** A free value to offer instead of the one that is taken. */
  freePort?: number;
  freeName?: string;
  /** Field of the run form that caused it: `ports.0.hostPort`, `mounts.1`. */
  field?: string;
  /** Platform in image notation that the engine runs: `linux/amd64`. */
  platform?: string;
  /** Container whose failed creation or start this is: a port conflict leaves it behind in state "created". */
  containerId?: string;
  /** Docker host that was tried. */
  host?: string;
  /** The docker command line that does the same, as its arguments, without secrets. */
  command?: string[];
}

/** Where an answer of the engine, the words of a log, or an error of the system is recognised. */
export interface ProblemRule {
  code: string;
  /** HTTP statuses with which the engine says it; absent: any, and errors that had no HTTP answer. */
  status?: number[];
  pattern: RegExp;
  make(match: RegExpExecArray, context: ProblemContext): Omit<Problem, 'code' | 'detail' | 'command'>;
}

/** The beginning of an id, as docker prints it. */
export const shortId = (id: string) => id.replace(/^sha256:/, '').slice(0, 12);

/** Removes one pair of slashes or quotes that the engine puts around names. */
export const bare = (name: string) => name.replace(/^["'/]+|["']+$/g, '');
