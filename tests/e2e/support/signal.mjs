// A device's own way to the network: a SOCKS5 proxy (RFC 1928) that can be cut. Unlike the browser's own offline switch
// it also reaches WebSockets that are already open, workers and the service worker.

import { createServer, connect } from "node:net";
import { once } from "node:events";

const VERSION = 5;
const NO_PASSWORD = 0;
const DOMAIN = 3;
const SUCCEEDED = 0;
const UNREACHABLE = 4;

export class Signal {
  #sockets = new Set();
  #there = true;
  #server = createServer((socket) => this.#serve(socket));
  /** Bytes that went through, both ways. */
  up = 0;
  down = 0;

  static async start() {
    const signal = new Signal();
    signal.#server.listen(0, "127.0.0.1");
    await once(signal.#server, "listening");
    return signal;
  }

  get address() {
    return `socks5://127.0.0.1:${this.#server.address().port}`;
  }

  cut() {
    this.#there = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore() {
    this.#there = true;
  }

  stop() {
    this.cut();
    this.#server.close();
  }

  #serve(socket) {
    if (!this.#there) return socket.destroy();
    this.#keep(socket);
    let seen = Buffer.alloc(0);
    let greeted = false;
    const read = (chunk) => {
      seen = Buffer.concat([seen, chunk]);
      if (!greeted && seen.length >= 2 && seen.length >= 2 + seen[1]) {
        seen = seen.subarray(2 + seen[1]);
        greeted = true;
        socket.write(Buffer.from([VERSION, NO_PASSWORD]));
      }
      const request = greeted && parse(seen);
      if (!request) return;
      socket.off("data", read);
      socket.pause();
      this.#join(socket, request);
    };
    socket.on("data", read);
  }

  #join(socket, { port, rest }) {
    // Whatever host the browser asks for, there is only this machine.
    const target = connect({ port, host: "127.0.0.1" });
    this.#keep(target);
    const answer = (code) => socket.write(Buffer.from([VERSION, code, 0, 1, 0, 0, 0, 0, 0, 0]));
    target.once("connect", () => {
      answer(SUCCEEDED);
      if (rest.length > 0) target.write(rest);
      socket.on("data", (chunk) => (this.up += chunk.length));
      target.on("data", (chunk) => (this.down += chunk.length));
      socket.pipe(target).pipe(socket);
    });
    target.once("error", () => {
      if (socket.writable) answer(UNREACHABLE);
      socket.destroy();
    });
    target.once("close", () => socket.destroy());
    socket.once("close", () => target.destroy());
  }

  #keep(socket) {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
  }
}

/** VER CMD RSV ATYP ADDR PORT; `undefined` while it is not all there. */
function parse(bytes) {
  if (bytes.length < 5) return undefined;
  const addressLength = bytes[3] === DOMAIN ? 1 + bytes[4] : bytes[3] === 1 ? 4 : 16;
  const end = 4 + addressLength + 2;
  if (bytes.length < end) return undefined;
  return { port: bytes.readUInt16BE(end - 2), rest: bytes.subarray(end) };
}
