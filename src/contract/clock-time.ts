const minuteMs = 60_000;

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A time to come on the clock of this computer, with the day when it is not today: "14:32", "3 Mar, 00:10". */
export function clockTime(at: number, now = Date.now()): string {
  // Never before it: whoever comes at the full minute shall not be too early.
  const then = new Date(Math.ceil(at / minuteMs) * minuteMs);
  const today = then.toDateString() === new Date(now).toDateString();
  return (today ? time : dayAndTime).format(then);
}
