/** Letters and digits that are not mistaken for one another. */
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** Servers that judge a password ask for these. */
const kinds = [/[a-z]/, /[A-Z]/, /\d/];

function someLetters(length: number): string {
  // Bytes at or above this would make the first letters likelier.
  const limit = 256 - (256 % letters.length);
  let text = '';
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < limit && text.length < length) text += letters.charAt(byte % letters.length);
    }
  }
  return text;
}

/** A new password of 24 letters and digits, of each kind at least one. */
export function newPassword(): string {
  const password = someLetters(24);
  return kinds.every((kind) => kind.test(password)) ? password : newPassword();
}
