/** What of a case's outcome depends on where the engine runs, and not on the engine. */
export interface HostFacts {
  /** A folder of this computer that the engine sees at the same path. Bind mounts of the cases lie below it. */
  sharedFolder: string;
  /** Where on this computer a port answers that is published without an address. */
  publishedAt: string;
  /**
   * Owner on this computer of a file in a bind mount that belongs to the user `uid` in a container; `subordinate` is
   * some id that is neither root's nor this process's user's.
   */
  ownerOf(uid: number): number | 'subordinate';
  /** What becomes of a bind mount (`-v`) of a folder that is not there. */
  missingFolder: 'created' | 'refused';
  /** Connections to the engine's socket that are open now, counted at the end that serves it. */
  openConnections(): Promise<number>;
  /** Runs `docker compose` with these arguments in a folder below `sharedFolder`; or why it cannot be. */
  compose: ((folder: string, ...args: string[]) => Promise<string>) | { missing: string };
  /** Whether the docker CLI of this computer has BuildKit's client; or why not. */
  buildx: 'there' | { missing: string };
}

/** An engine that the battery drives by the docker CLI. */
export interface EngineUnderTest {
  /** `unix://…` */
  host: string;
  /** A folder for DOCKER_CONFIG with nothing in it but CLI plugins. */
  configFolder: string;
  facts: HostFacts;
}
