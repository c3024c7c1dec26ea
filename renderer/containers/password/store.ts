import { create } from 'zustand';

/** A password that Gantry made up for a container. It is here until its dialog is closed. */
export interface NewPassword {
  container: string;
  variable: string;
  value: string;
  /** What the container that wanted one is called now; null when it goes. */
  oldName: string | null;
}

export const useNewPassword = create<{ made: NewPassword | null }>(() => ({ made: null }));

/** Shows it once, to be copied. */
export const showNewPassword = (made: NewPassword): void => useNewPassword.setState({ made });

export const forgetNewPassword = (): void => useNewPassword.setState({ made: null });
