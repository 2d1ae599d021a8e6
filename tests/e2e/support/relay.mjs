// A real relay with a data folder of its own, which can be stopped, killed and started again.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as places from "./places.mjs";
import { freePort } from "./port.mjs";
import { until } from "./until.mjs";

export class Relay {
  #process;
  #flags;
  /** Everything it printed, for the report of a failure. */
  output = "";

  static async start({ dist = places.dist, flags = [] } = {}) {
    const relay = new Relay();
    relay.port = await freePort();
    relay.address = `http://localhost:${relay.port}`;
    relay.data = await mkdtemp(join(tmpdir(), "caravan-relay-"));
    relay.dist = dist;
    relay.#flags = flags;
    await relay.startAgain();
    return relay;
  }

  get pid() {
    return this.#process?.pid;
  }

  /** On the same port and the same data. */
  async startAgain({ dist = this.dist } = {}) {
    this.dist = dist;
    const flags = ["serve", "--port", this.port, "--data", this.data, "--dist", dist, ...this.#flags];
    const child = spawn(places.relay, flags.map(String), { stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.output += text));
    }
    await until("the relay is ready", async () => {
      if (child.exitCode !== null) throw new Error(`the relay stopped:\n${this.output}`);
      return (await fetch(`${this.address}/readyz`)).ok;
    });
  }

  /** The link that founds a workspace, from what the relay printed. */
  async foundingLink() {
    return until("the relay prints the first administrator's link", () => this.#links().at(-1));
  }

  /** One more founding link, by the administration's command. */
  async anotherFoundingLink(...command) {
    const known = this.#links().length;
    const child = spawn(places.relay, [...command, "--data", this.data, "--port", String(this.port)]);
    child.stdout.setEncoding("utf8").on("data", (text) => (this.output += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (this.output += text));
    await once(child, "exit");
    return until("the command prints a link", () => this.#links()[known]);
  }

  #links() {
    return this.output.match(/https?:\/\/\S*join\S*/g) ?? [];
  }

  async stop() {
    await this.#end("SIGTERM");
  }

  async kill() {
    await this.#end("SIGKILL");
  }

  async remove() {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }

  async #end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
}
