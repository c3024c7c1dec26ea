import { TextField } from '#ui/TextField';

export interface SignIn {
  username: string;
  password: string;
}

export const noSignIn: SignIn = { username: '', password: '' };

/** Name and password for a registry. */
export function SignInFields({
  value,
  onChange,
  tried,
  autoFocus,
}: {
  value: SignIn;
  onChange: (value: SignIn) => void;
  /** Whether what is missing should be told. */
  tried: boolean;
  autoFocus?: boolean;
}) {
  const missing = (text: string, words: string) => (tried && text === '' ? words : undefined);
  return (
    <>
      <TextField
        label="User name"
        layout="left"
        value={value.username}
        onChange={(username) => onChange({ ...value, username })}
        error={missing(value.username.trim(), 'The registry needs a name')}
        autoFocus={autoFocus}
      />
      <TextField
        label="Password"
        layout="left"
        secret
        value={value.password}
        onChange={(password) => onChange({ ...value, password })}
        error={missing(value.password, 'The registry needs a password or a token')}
        help="An access token is better: it can be limited to reading, and be withdrawn alone."
      />
    </>
  );
}
