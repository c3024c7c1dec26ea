/** Sends what is typed in order: one call at a time, with all that was typed meanwhile in the next one. */
export function writeQueue(
  send: (data: string) => Promise<unknown>,
  onError: (error: unknown) => void,
): (data: string) => void {
  let waiting = '';
  let sending = false;
  const drain = async () => {
    sending = true;
    try {
      while (waiting !== '') {
        const data = waiting;
        waiting = '';
        await send(data);
      }
    } catch (error) {
      waiting = '';
      onError(error);
    } finally {
      sending = false;
    }
  };
  return (data) => {
    waiting += data;
    if (!sending) void drain();
  };
}
