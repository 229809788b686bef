// Counts down to a moment: `<time data-countdown datetime="…">14:59</time>`, which the server wrote as it was then.

const SECOND = 1000;

export function countdowns(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-countdown]")) {
    if (time.dataset.countdown === "runs") continue;
    time.dataset.countdown = "runs";
    const until = Date.parse(time.dateTime);
    const timer = setInterval(() => {
      const left = Math.max(0, Math.floor((until - Date.now()) / SECOND));
      time.textContent = clock(left);
      if (left > 0 && time.isConnected) return;
      clearInterval(timer);
      // What runs out changes the page: it is looked at again. It may have come from a form, which isn't sent again.
      if (left === 0 && time.isConnected) location.assign(location.href);
    }, SECOND);
  }
}

function clock(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
