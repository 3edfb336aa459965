/** A number as people without the permission see it: the last four digits stay. Guests of the caller page have no number. */
export function maskNumber(number: string): string {
  if (!/^\+?\d{7,}$/.test(number)) return number;
  const head = number.startsWith('+') ? number.slice(0, 3) : number.slice(0, 3);
  return `${head}****${number.slice(-4)}`;
}
