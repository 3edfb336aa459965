/** A number as people without the permission see it: the last four digits stay. Guests of the caller page have no number. */
export function maskNumber(number: string): string {
  // In China people know their mobile numbers without the country.
  const local = number.replace(/^\+86(?=1\d{10}$)/, '');
  if (!/^\+?\d{7,}$/.test(local)) return number;
  return `${local.slice(0, 3)}****${local.slice(-4)}`;
}
