import { BlockList, isIP, isIPv4 } from 'node:net';
import { CodedError } from '../../../../config/errors.ts';

/** A set of addresses and CIDR blocks. */
export interface AddressSet {
  has(host: string): boolean;
}

/** Makes a set of `10.0.0.1`, `10.0.0.0/8`, `2001:db8::/32`. A wrong entry throws `request.invalid` with field `allowedSources`. */
export function addressSet(entries: readonly string[]): AddressSet {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const bits = prefix === undefined ? undefined : Number(prefix);
    if (isIP(address) === 0 || (bits !== undefined && !(bits >= 0 && bits <= (family === 'ipv4' ? 32 : 128)))) {
      throw new CodedError('request.invalid', { field: 'allowedSources', entry });
    }
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  }
  return {
    has: (host) => {
      const plain = plainHost(host);
      return isIP(plain) !== 0 && list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
    },
  };
}

/** `::ffff:10.0.0.1` is 10.0.0.1. */
export function plainHost(host: string): string {
  return host.startsWith('::ffff:') && isIPv4(host.slice(7)) ? host.slice(7) : host;
}
