const secretName = /PASS|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|AUTH_?KEY/i;

/** Whether the value of a variable with this name should not be shown; `…_FILE` names a file that holds it. */
export const looksSecret = (name: string): boolean => secretName.test(name) && !/_FILE$/i.test(name);
