import type { UpdateOrder, UpdatesState } from '#contract/updates';

/** What Electron's preload offers to the page; absent in a browser. */
export interface GantryDesktop {
  window: {
    minimize(): void;
    toggleMaximize(): void;
    close(): void;
  };
  /** The start at login; answers with what the contract calls `loginItem`. */
  loginItem: {
    read(): Promise<unknown>;
    set(on: boolean): Promise<unknown>;
  };
  /** Shows Gantry's own folder in the system's file manager. Why that failed, or an empty text. */
  openDataFolder(): Promise<unknown>;
  /** Calls `go` with each route at which the tray or a notification opens the window: `#/containers/3f2a/logs`. */
  followRoutes(go: (route: string) => void): void;
  updates: {
    state(): Promise<UpdatesState>;
    /** Calls `onState` after each change, until the returned function ends it. */
    follow(onState: (state: UpdatesState) => void): () => void;
    order(order: UpdateOrder): void;
  };
}

declare global {
  interface Window {
    gantryDesktop?: GantryDesktop;
  }
}
