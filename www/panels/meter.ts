/** How much of the 1 MB the request body takes, and how many issues it has. */
import type { Judgement } from "../editing.js";
import { part } from "../page.js";
import { counted, grouped } from "../words.js";

export function meter(): { show(judgement: Judgement): void } {
  const bar = part("meter", HTMLMeterElement);
  const words = part("bytes", HTMLParagraphElement);
  return {
    show({ bytes = 0, limit, issueCount }) {
      const size = `${grouped(bytes)} of ${grouped(limit)} bytes`;
      bar.max = limit;
      // "Near" as the service's gateways may count: some take 1 MB for 1,000,000 bytes.
      bar.high = 0.95 * limit;
      bar.value = bytes;
      bar.ariaValueText = size;
      bar.classList.toggle("over", bytes > limit);
      words.textContent = issueCount > 0 ? `${size}, ${counted(issueCount, "issue")}` : size;
    },
  };
}
