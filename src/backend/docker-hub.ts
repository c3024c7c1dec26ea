/** Where pulls from Docker Hub go. */
export const dockerHub = { name: 'Docker Hub', url: new URL('https://registry-1.docker.io/v2/') };

/** 401 is the answer of a registry that wants a sign-in; it is there, which is what is asked. */
export const registryAnswers: readonly number[] = [200, 401];
