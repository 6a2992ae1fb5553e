// Prints javascript_cases.inc: what JavaScript makes of nasty numbers and JSON texts.
//   node make_javascript_cases.mjs > javascript_cases.inc
const numbers = [
  2 ** -44, 5e-324, 1e21, 1e-7, 123456789012345680000, 1e20, 999999999999999900000, 1e-6, 0.000001234, 1.5e-7, 0.1,
  0.2 + 0.1, 1 / 3, 100, 1e15, 1e16, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64, 1.7976931348623157e308,
  2.2250738585072014e-308, 2.225073858507201e-308, 4.35, 0.5, 123.456, 1e22, 1e23, 9007199254740993, 5e-7, 1.25e21,
  Math.fround(0.1), Math.fround(1e-7), 0.0010000000474974513, 1e-3, 9.5367431640625e-7, 2 ** -1022, 2 ** -1074 * 3,
  2 ** 122, 2 ** -24, 2 ** 89, 2 ** 77, 2 ** 100, 2 ** 1023, 2 ** -1000, 4294967295, 4294967296, 0.3, 12345678.9,
  1e300, 8.41e21, 9.0608011534336e15, 2.98023223876953125e-8,
];
for (let e = -1074; e < 1024; e += 41) numbers.push(2 ** e, 2 ** e * 1.1);

const bits = (x) => '0x' + new DataView(new Float64Array([x]).buffer).getBigUint64(0, true).toString(16).padStart(16, '0');
const literal = (text) => {
  let out = '"';
  for (const byte of new TextEncoder().encode(text)) {
    if (byte === 0x22 || byte === 0x5c) out += '\\' + String.fromCharCode(byte);
    else if (byte >= 0x20 && byte < 0x7f) out += String.fromCharCode(byte);
    else out += '\\' + byte.toString(8).padStart(3, '0');
  }
  return out + '"';
};

console.log('// Made by make_javascript_cases.mjs; not to be edited.\n#pragma once\n');
console.log('struct NumberCase {\n  std::uint64_t bits;\n  const char* text;\n};');
console.log('constexpr NumberCase kNumbers[] = {');
for (const x of numbers) console.log(`    {${bits(x)}, "${x}"},`);
console.log('};\n');

const texts = [
  '{"b":1,"a":2}', '{"b":1,"2":2,"a":3,"1":4,"01":5,"-1":6,"4294967294":7,"4294967295":8,"0":9}',
  '{"a":1,"b":2,"a":3}', '{"1":1,"0":2,"1":3}', ' [ 1 , 2.50 , -0 , 1E5 , 1e-7 , 1e400 , -1e400 , 1e-400 ] ',
  '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00\\ud83d"', '"\\ud83dx"', '"\\ud83d\\ud83d\\ude00"', '"\\u0000\\u001f\\u007f\\u0080"',
  '"\\b\\f\\n\\r\\t\\"\\\\\\/"', '"\u2028\u2029\u00e9\u{1f600}"', '""', '[]', '{}', '[[],{},[{}]]', '{"":{"":[]}}',
  'null', 'true', '-0', '0.1', '123456789012345678901234567890', '{"__proto__":1,"toString":2}', '"\\u00E9\\uABCD"',
  '{"\\u0061":1,"a":2}', '[0.30000000000000004,2.2250738585072011e-308]', '{"10":1,"9":2,"x":{"2":1,"1":2}}',
];
console.log('struct JsonCase {\n  const char* text;\n  const char* rewritten;  ///< JSON.stringify(JSON.parse(text))\n};');
console.log('constexpr JsonCase kRewritten[] = {');
for (const t of texts) console.log(`    {${literal(t)},\n     ${literal(JSON.stringify(JSON.parse(t)))}},`);
console.log('};\n');

const refused = [
  '', ' ', '[1,]', '[,1]', '{"a":1,}', '{a:1}', "{'a':1}", '[01]', '[-01]', '[1.]', '[.5]', '[+1]', '[1e]', '[-]', '[0x1]', 'nul',
  'nulll', 'NaN', 'Infinity', '"\\x41"', '"\\u12"', '"\\u12g4"', '"\t"', '"\n"', '"abc', '"abc\\', '[1 2]', '{"a" 1}', '{"a":}', '{"a"}',
  '[1]]', '{}{}', '1 2', '[', '{', '{"a":', '[1,', ']', '}', '// c\n1', '[1]x', '\u00a01', '"\u0000"', 'tru', '[1}', '{"a":1]', '{1:2}', ':', ',',
];
console.log('constexpr std::string_view kRefused[] = {');
for (const t of refused) {
  let accepted = true;
  try { JSON.parse(t); } catch { accepted = false; }
  if (accepted) throw new Error('JavaScript accepts ' + t);
  console.log(`    {${literal(t)}, ${new TextEncoder().encode(t).length}},`);
}
console.log('};');
