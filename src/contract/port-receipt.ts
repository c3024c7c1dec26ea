/**
 * What the page answers to each message that it has taken from its port to the backend. A port holds any number of
 * messages for a reader that is busy; by this the backend knows to wait. (A WebSocket has its own flow control.)
 */
export const portReceipt = 'received';
