// Pictures that are all different: PNG (ISO/IEC 15948) of coloured noise.

import { crc32, deflateSync } from "node:zlib";

const SIDE = 256;
const RGB = 2;

/** @param {(below: number) => number} chance */
export function picture(name, chance) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, RGB], 8);
  // Each line begins with its filter, of which there is none.
  const lines = Buffer.alloc(SIDE * (1 + 3 * SIDE));
  for (let at = 0; at < lines.length; at++) lines[at] = at % (1 + 3 * SIDE) === 0 ? 0 : chance(256);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(lines)), chunk("IEND", Buffer.alloc(0))];
  const buffer = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
  return { name: `${name}.png`, mimeType: "image/png", buffer };
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
