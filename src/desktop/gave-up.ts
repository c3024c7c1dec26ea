import { app, dialog, shell } from 'electron';

/**
 * Says that something crashes again and again and is not started any more, and does what the user chooses.
 * @param report path of its last report; null when none could be written
 * @param again starts it once more
 */
export async function tellGaveUp(title: string, report: string | null, again: () => void): Promise<void> {
  const choices = [
    { label: 'Try again', act: again },
    ...(report ? [{ label: 'Show the report', act: () => shell.showItemInFolder(report) }] : []),
    { label: 'Quit Gantry', act: () => app.quit() },
  ];
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: title,
    detail:
      'It crashed three times within a minute, so Gantry has stopped starting it. Your containers are not affected.' +
      (report ? `\n\nWhat is known of it was written to ${report}` : ''),
    buttons: choices.map(({ label }) => label),
    defaultId: 0,
    cancelId: choices.length - 1,
  });
  choices[response]?.act();
  // The report is looked at beside Gantry, which still has to be told what to do.
  if (choices[response]?.label === 'Show the report') await tellGaveUp(title, report, again);
}
