// Which SIMD instructions this browser's WebAssembly has, and so which build of OpenCV it runs:
// "relaxed" (Chrome 114, Firefox 146; not in Safari), "simd" (Chrome 91, Firefox 89, Safari 16.4).
// Asked anew at every start: it takes microseconds, and an update of the browser may bring more.

// What each level is asked by: a module of one function, valid only where its instructions are known.
// prettier-ignore
const MODULES = {
  // (module (func (param v128) (result v128)
  //   (i32x4.relaxed_trunc_f32x4_s
  //     (f32x4.relaxed_madd (local.get 0) (local.get 0) (local.get 0)))))
  relaxed: [
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // "\0asm", version 1
    0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b, // one type: v128 -> v128
    0x03, 0x02, 0x01, 0x00,                         // one function, of type 0
    0x0a, 0x10, 0x01, 0x0e, 0x00,                   // its code: 14 bytes, no locals
    0x20, 0x00, 0x20, 0x00, 0x20, 0x00,             // local.get 0, three times
    0xfd, 0x85, 0x02,                               // f32x4.relaxed_madd
    0xfd, 0x81, 0x02,                               // i32x4.relaxed_trunc_f32x4_s
    0x0b,                                           // end
  ],
  // (module (func (param v128) (result v128)
  //   (f32x4.mul (local.get 0) (local.get 0))))
  simd: [
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
    0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b,
    0x03, 0x02, 0x01, 0x00,
    0x0a, 0x0b, 0x01, 0x09, 0x00,                   // its code: 9 bytes, no locals
    0x20, 0x00, 0x20, 0x00,                         // local.get 0, twice
    0xfd, 0xe6, 0x01,                               // f32x4.mul
    0x0b,
  ],
};

/** @returns {string} JSON list of the levels that this browser has, the fastest first */
export function levels() {
  const has = Object.entries(MODULES).filter(([, bytes]) =>
    WebAssembly.validate(new Uint8Array(bytes)),
  );
  return JSON.stringify(has.map(([level]) => level));
}
