/**
 * The only source of randomness: a splittable generator of 32-bit words from a seed and a label.
 * Seed and label are hashed (FNV-1a, 32 bit, four lanes) into the state of sfc32 (Chris Doty-Humphrey's generator,
 * PractRand 2010); all operations are on 32-bit integers, so every engine gives the same stream.
 */
export interface RandomStream {
  /** The next word, uniform in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number;
}

function fnv1a(text: string, basis: number): number {
  let h = basis >>> 0;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193) >>> 0;
  }
  return h;
}

/** A stream for `seed` (any non-negative integer) and `label`; different labels give independent streams. */
export function randomStream(seed: bigint, label: string): RandomStream {
  const text = `${seed.toString()}/${label}`;
  let a = fnv1a(text, 0x811c9dc5) | 0;
  let b = fnv1a(text, 0x9e3779b9) | 0;
  let c = fnv1a(text, 0x243f6a88) | 0;
  let counter = 1;
  const uint32 = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 20; i++) uint32(); // let the hash spread through the state
  return { uint32, uniform: () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992 };
}
