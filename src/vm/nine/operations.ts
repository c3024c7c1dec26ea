import * as changes from './changes';
import * as files from './files';
import * as lookups from './lookups';
import { type Operation, refused } from './operation';
import { setattr } from './setattr';

/**
 * What each request is called by, and done with; its answer's type is one more. Numbers: `enum p9_msg_t` in
 * include/net/9p/9p.h of Linux. Tversion, Tattach and Tflush are the
 * server's own affair.
 */
export const type = { rlerror: 7, tversion: 100, tattach: 104, tflush: 108 } as const;

export const operations = new Map<number, Operation>([
  [8, lookups.fileSystem],
  [12, files.lopen],
  [14, files.lcreate],
  [16, changes.symlink],
  [18, changes.mknod],
  [20, changes.rename],
  [22, lookups.readLink],
  [24, lookups.getattr],
  [26, setattr],
  // Extended attributes: Node cannot read them.
  [30, refused('EOPNOTSUPP')],
  [32, refused('EOPNOTSUPP')],
  [40, files.readdir],
  [50, files.fsync],
  [52, lookups.lock],
  [54, lookups.getLock],
  [70, changes.link],
  [72, changes.mkdir],
  [74, changes.renameAt],
  [76, changes.unlinkAt],
  [102, lookups.auth],
  [110, lookups.walk],
  [116, files.read],
  [118, files.write],
  [120, lookups.clunk],
  [122, changes.remove],
]);
