import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const file = z.object({ sha256, bytes: z.number().int().positive() });

/** A Debian package whose files are in the image; `licence` as its copyright file names it. */
const guestPackage = z.object({ name: z.string(), version: z.string(), licence: z.string() });

/** `manifest.json` of a guest image; the other files are beside it. */
export const guestManifest = z.object({
  /** Hash of everything that the image was made of: equal ids have equal files. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** Debian's name of the architecture. */
  arch: z.enum(['amd64', 'arm64']),
  builtAt: z.iso.datetime(),
  files: z.object({ kernel: file, initrd: file, 'root.br': file, 'welcome.tar': file }),
  /** What `root.br` (brotli with a large window) unpacks to: an erofs file system. */
  root: file,
  packages: z.array(guestPackage),
});
export type GuestManifest = z.infer<typeof guestManifest>;
