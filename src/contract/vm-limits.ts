// Apart from the schemas, so that the page has these numbers without them.

/** Each shared folder has a slot of the machine, and these are part of every suspended state. */
export const maxSharedFolders = 8;
