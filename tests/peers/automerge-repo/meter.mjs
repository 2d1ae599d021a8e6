// Counts the bytes of WebSocket messages of this process, without the frames' headers.

import WebSocket from "ws";

const sum = { up: 0, down: 0 };
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data, ...rest) {
  sum.up += data.byteLength ?? data.length;
  return send.call(this, data, ...rest);
};
const emit = WebSocket.prototype.emit;
WebSocket.prototype.emit = function (name, data, ...rest) {
  if (name === "message") sum.down += data.byteLength ?? data.length;
  return emit.call(this, name, data, ...rest);
};

/** Starts counting; the returned function tells the bytes since. */
export function meter() {
  const { up, down } = sum;
  return () => ({ up: sum.up - up, down: sum.down - down });
}
