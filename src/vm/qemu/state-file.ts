import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';

/**
 * The file of a suspended guest: a header of one block, JSON padded with spaces, then the frames. The header is
 * written last, so that a file which was not finished has none.
 */
const headerBytes = 4096;

const header = z.object({
  format: z.literal('gantry-state-3'),
  /** What it belongs to. */
  binding: z.string(),
  /** The guest's memory is not in QEMU's stream. */
  memoryApart: z.boolean(),
  /** Of the frames, as they are in the file. */
  bytes: z.number().int().nonnegative(),
  crc32: z.number().int().nonnegative(),
});
export type StateHeader = z.infer<typeof header>;

/** Where the frames begin. */
export const framesStart = headerBytes;

export async function writeHeader(file: FileHandle, fields: Omit<StateHeader, 'format'>): Promise<void> {
  const text = JSON.stringify({ format: 'gantry-state-3', ...fields });
  await file.write(Buffer.from(text.padEnd(headerBytes)), 0, headerBytes, 0);
}

/** The header of a file that is whole, else why it cannot be used. */
export async function checkState(path: string, binding: string): Promise<StateHeader | { cold: string }> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return { cold: 'there is no suspended state' };
  }
  try {
    const fields = await readHeader(file);
    if (!fields) return { cold: 'the suspended state is not one of this version of Gantry' };
    if (fields.binding !== binding) {
      return { cold: 'the suspended state belongs to another QEMU, image, disk or setting' };
    }
    const { size } = await file.stat();
    if (size !== headerBytes + fields.bytes) return { cold: 'the suspended state is cut off' };
    if ((await checksum(file)) !== fields.crc32) return { cold: 'the suspended state is damaged' };
    return fields;
  } finally {
    await file.close();
  }
}

async function readHeader(file: FileHandle): Promise<StateHeader | null> {
  const block = Buffer.alloc(headerBytes);
  const { bytesRead } = await file.read(block, 0, headerBytes, 0);
  if (bytesRead < headerBytes) return null;
  try {
    return header.parse(JSON.parse(block.toString('utf8')));
  } catch {
    return null;
  }
}

async function checksum(file: FileHandle): Promise<number> {
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  let position = headerBytes;
  let sum = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return sum;
    sum = crc32(buffer.subarray(0, bytesRead), sum);
    position += bytesRead;
  }
}
