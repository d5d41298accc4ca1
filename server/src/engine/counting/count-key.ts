/** Ports are named by authors (a button's id): dots and dollars would be paths and operators as names of fields. */
export const encodeKey = (name: string): string => name.replace(/[%.$]/g, encodeSign).replaceAll('\0', '%00') || '%';

export const decodeKey = (key: string): string =>
  key === '%'
    ? ''
    : key.replace(/%(00|24|25|2E)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const encodeSign = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
