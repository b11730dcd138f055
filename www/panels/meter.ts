/** The size of the request body compared with the limit, and the number of issues. */
import type { Validation } from "../editing.js";
import { getElement } from "../page.js";
import { counted, grouped } from "../words.js";

export function meter(): { show(validation: Validation): void } {
  const bar = getElement("meter", HTMLMeterElement);
  const words = getElement("bytes", HTMLParagraphElement);
  return {
    show({ bytes = 0, limit, issueCount }) {
      const size = `${grouped(bytes)} of ${grouped(limit)} bytes`;
      bar.max = limit;
      // Warns from here on, because some gateways treat 1 MB as 1,000,000 bytes.
      bar.high = 0.95 * limit;
      bar.value = bytes;
      bar.ariaValueText = size;
      bar.classList.toggle("over", bytes > limit);
      words.textContent = issueCount > 0 ? `${size}, ${counted(issueCount, "issue")}` : size;
    },
  };
}
