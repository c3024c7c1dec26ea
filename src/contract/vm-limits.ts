// Apart from the schemas, so that the page has these numbers without them.

/** In characters; a daemon.json has a few hundred. The guest gets it as a line of its own configuration. */
export const maxEngineConfigLength = 32_768;

/** Each shared folder has a slot of the machine, and these are part of every suspended state. */
export const maxSharedFolders = 8;

/** In GiB. */
export const maxDiskGiB = 2048;
