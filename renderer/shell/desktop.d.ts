/** What Electron's preload offers to the page; absent in a browser. */
export interface GantryDesktop {
  window: {
    minimize(): void;
    toggleMaximize(): void;
    close(): void;
  };
}

declare global {
  interface Window {
    gantryDesktop?: GantryDesktop;
  }
}
