import type { PullsLeft } from '#contract';
import type { Problem } from '#contract/problem';
import type { ContainerInspect } from '../container-inspect';

/** What the caller knows about the call that failed; each field makes the problem's words or its fix more exact. */
export interface ProblemContext {
  /** What was tried, to follow "Could not": `start web-1`, `delete the network front`. */
  doing?: string;
  /** The object it was about: a name, or an image reference as the user wrote it. */
  name?: string;
  id?: string;
  /** Image of the container that exists already and could not start. */
  image?: string;
  /** The container that holds what is in the way: the name, the port, the image, the volume. */
  holder?: { id: string; name: string };
  /** The program of this computer, outside of any container, that has the port. */
  program?: { name: string; pid: number };
  /** The container of the other engine on this computer that has the port. */
  neighbour?: { name: string; engine: string };
  /** Containers that are connected to the network that should go. */
  connected?: { id: string; name: string }[];
  /** Networks of the user to which nothing is connected. */
  unusedNetworks?: { id: string; name: string }[];
  /** A free value to offer instead of the one that is taken. */
  freePort?: number;
  freeName?: string;
  /** Field of the run form that caused it: `ports.0.hostPort`, `mounts.1`. */
  field?: string;
  /** Platform in image notation that the engine runs: `linux/amd64`. */
  platform?: string;
  /** Docker host that was tried. */
  host?: string;
  /** A known image whose name is nearly the one that was asked for. */
  similar?: string;
  /** When the registry takes the next download, as it said itself; milliseconds since 1970. */
  againAt?: number;
  /** How many downloads the registry allows, as it said itself. */
  pulls?: PullsLeft;
  /** Whether the registry was given a sign-in. */
  signedIn?: boolean;
  /** The docker command line that does the same, as its arguments, without secrets. */
  command?: string[];
}

/** What is told about the state of a container. */
export interface Circumstances {
  container: ContainerInspect;
  /** What it printed last, oldest first, without escapes. */
  lastLines: string[];
  /** Of the engine, in image notation: `linux/amd64`. */
  enginePlatform?: string;
  /** Of the image, the same way. */
  imagePlatform?: string;
  /** Of a port that kept it from starting: who or what has it, and a free one. */
  blockedPort?: Pick<ProblemContext, 'holder' | 'freePort' | 'program' | 'neighbour'>;
  /** Whether the engine is in Gantry's VM, whose memory the settings change. */
  inVm?: boolean;
  /** For the first port that it listens on while none is published: a free one of this computer. */
  freeDoor?: number;
}

/** What an entry says; its code comes from the table, and `detail` from what was recognised. */
export type Words = Pick<Problem, 'title' | 'explanation' | 'actions'>;

/** An answer of the engine, or an error of the system on the way to it. */
export interface SaidEntry {
  code: string;
  /** HTTP statuses with which the engine says it; absent: any, and errors that had no HTTP answer. */
  status?: number[];
  pattern: RegExp;
  explain(match: RegExpExecArray, context: ProblemContext): Words;
}

/** What a container printed before it ended with an error. */
export interface LastWordsEntry {
  code: string;
  pattern: RegExp;
  explain(match: RegExpExecArray, all: Circumstances): Words;
}

/** How a container ended, or is. */
export interface StateEntry {
  code: string;
  recognise(all: Circumstances): boolean;
  explain(all: Circumstances): Words & Pick<Problem, 'detail'>;
}

/** The beginning of an id, as docker prints it. */
export const shortId = (id: string) => id.replace(/^sha256:/, '').slice(0, 12);

/** Removes one pair of slashes or quotes that the engine puts around names. */
export const bare = (name: string) => name.replace(/^["'/]+|["']+$/g, '');
