import type { Registry } from '#contract';

/** Where a sign-in is kept, by the name of its place (see Registry in the contract). */
export function storeWords(store: string): string {
  switch (store) {
    case 'memory':
      return 'in memory, until Gantry ends';
    case 'config.json':
      return 'in the docker command’s config.json, readable';
    case 'osxkeychain':
      return 'in the keychain of macOS';
    case 'wincred':
      return 'in the Windows Credential Manager';
    case 'secretservice':
      return 'in the keyring of your desktop session';
    case 'pass':
      return 'in pass';
    default:
      return `by docker-credential-${store}`;
  }
}

/** How this person is signed in, in one line. */
export function signInWords({ signedInAs, credentialStore }: Registry): string | null {
  if (signedInAs === null) return null;
  return credentialStore === null ? `as ${signedInAs}` : `as ${signedInAs}, ${storeWords(credentialStore)}`;
}
