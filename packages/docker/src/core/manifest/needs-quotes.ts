/**
 * True for a plain scalar that a reader of YAML 1.1 (https://yaml.org/type/, go-yaml in kubectl and Helm) or of YAML
 * 1.2 (its core schema) takes for something other than a string: `1.2`, `0123456`, `12e4567`, `yes`, `2024-01-01`.
 */
export function needsQuotes(text: string): boolean {
  return typed.some((pattern) => pattern.test(text)) || isNumber(text.replaceAll('_', ''));
}

const typed = [
  /^(?:|~|null|true|false|yes|no|on|off|y|n|=|<<)$/i,
  /^[-+]?\.(?:inf|nan)$/i,
  // Sexagesimal numbers and dates, of YAML 1.1 alone.
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$/,
];

function isNumber(digits: string): boolean {
  return (
    /^[-+]?(?:0b[01]+|0o[0-7]+|0x[\da-f]+)$/i.test(digits) ||
    /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i.test(digits)
  );
}
