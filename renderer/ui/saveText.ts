/** Characters that are put into one piece of the file before they leave the page's own memory. */
const pieceCharacters = 8_000_000;

/** Offers text as a download, without holding all of it: what is gathered goes into blobs. */
export async function saveText(
  name: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const blobs: Blob[] = [];
  let waiting: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < pieceCharacters) continue;
    blobs.push(new Blob(waiting));
    waiting = [];
    length = 0;
  }
  const url = URL.createObjectURL(new Blob([...blobs, ...waiting], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
