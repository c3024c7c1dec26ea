/** Reads a stream until it ends; those of the backend end when their signal aborts. */
export async function each<T>(stream: AsyncIterable<T>, onItem: (item: T) => void): Promise<void> {
  for await (const item of stream) onItem(item);
}
