/** What Electron's preload offers to the page; absent in a browser. */
export interface GantryDesktop {
  window: {
    minimize(): void;
    toggleMaximize(): void;
    close(): void;
  };
  /** Calls `go` with each route at which the tray or a notification opens the window: `#/containers/3f2a/logs`. */
  followRoutes(go: (route: string) => void): void;
}

declare global {
  interface Window {
    gantryDesktop?: GantryDesktop;
  }
}
