// The shells may know the backend, and not the rooms behind it.
export { writeAtomically } from '#vm/atomic-file';
