/**
 * Error numbers as 9P2000.L sends them: Linux's, on every host. This computer's own differ (macOS, Windows), so that
 * Node's names of errors are translated, not its numbers. Source: include/uapi/asm-generic/errno{,-base}.h of Linux.
 */
export const errno = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  ETXTBSY: 26,
  EFBIG: 27,
  ENOSPC: 28,
  ESPIPE: 29,
  EROFS: 30,
  EMLINK: 31,
  EPIPE: 32,
  ERANGE: 34,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ENOTEMPTY: 39,
  ELOOP: 40,
  EILSEQ: 84,
  EOPNOTSUPP: 95,
  ETIMEDOUT: 110,
  ESTALE: 116,
  EDQUOT: 122,
} as const;

export type ErrnoName = keyof typeof errno;

const isErrnoName = (code: unknown): code is ErrnoName => typeof code === 'string' && code in errno;

/** Names that Node has for what Linux calls otherwise. */
const otherNames: Record<string, ErrnoName> = {
  ENOTSUP: 'EOPNOTSUPP',
  ECANCELED: 'EINTR',
  ECHARSET: 'EILSEQ',
};

/** What a request is answered with that cannot be fulfilled; the session goes on. */
export class Refusal extends Error {
  constructor(readonly code: ErrnoName) {
    super(`The request is answered with ${code}.`);
    this.name = 'Refusal';
  }
}

/** Linux's number for what went wrong. An error without a known name is EIO. */
export function errnoOf(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (isErrnoName(code)) return errno[code];
  const other = typeof code === 'string' ? otherNames[code] : undefined;
  return other ? errno[other] : errno.EIO;
}

/** Whether Node's error says so. */
export const hasCode = (error: unknown, code: ErrnoName): boolean => errnoOf(error) === errno[code];
