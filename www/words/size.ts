/** Sizes for people, in units of 1,024: the limit of 1,048,576 bytes is 1 MB. */

const UNITS = ["bytes", "KB", "MB", "GB"];

export function sizeWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 1,023.95 KB would be rounded to 1,024 KB, which is 1 MB.
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${Number(value.toFixed(digits)).toLocaleString("en")} ${UNITS[unit]}`;
}

/** By how much a size is over the limit, as the end of a sentence about it. */
export function overLimitWords(bytes: number, limit: number): string {
  const [size, most] = [sizeWords(bytes), sizeWords(limit)];
  return size === most
    ? `${sizeWords(bytes - limit)} over the limit of ${most}`
    : `${size}; the limit is ${most}`;
}
