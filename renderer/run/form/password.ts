/** Letters and digits that are not mistaken for one another. */
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A new password of `length` letters and digits, each as likely as the others. */
export function newPassword(length = 24): string {
  // Bytes at or above this would make the first letters likelier.
  const limit = 256 - (256 % letters.length);
  let password = '';
  while (password.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < limit && password.length < length) password += letters.charAt(byte % letters.length);
    }
  }
  return password;
}
