// One journey: a relay, the devices people carry, and a clean-up that also looks whether anything went wrong quietly.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Device } from "./device.mjs";
import { startDesk, startPhone } from "./phone.mjs";
import { Relay } from "./relay.mjs";

/** @param {(world: World) => Promise<void>} walk */
export function journey(name, walk, { timeout = 180_000, ...relay } = {}) {
  test(name, { timeout }, async () => {
    const world = new World();
    try {
      world.relay = await Relay.start(relay);
      await walk(world);
      assert.deepEqual(world.troubles(), [], "something went wrong on a console");
    } catch (error) {
      await world.record(name);
      throw error;
    } finally {
      await world.end();
    }
  });
}

export class World {
  /** @type {Relay} */
  relay;
  devices = [];

  async phone(name, options) {
    return this.#keep(await startPhone(name, this.relay.address, options));
  }

  async desk(name, options) {
    return this.#keep(await startDesk(name, this.relay.address, options));
  }

  /** A second machine with the same profile. */
  async copy(device, name) {
    return this.#keep(await Device.copyOf(device, name));
  }

  /** What consoles have shown since the last time this was asked. */
  troubles() {
    return this.devices.flatMap((device) => device.watch.take());
  }

  /** Leaves pictures and output of a failure behind. */
  async record(name) {
    for (const device of this.devices) {
      await device.shot(`failed ${name} ${device.name}`.replaceAll(/[^\p{L}\d]+/gu, "-")).catch(() => {});
    }
    for (const trouble of this.troubles()) console.error(trouble);
    if (this.relay) console.error(this.relay.output.slice(-4_000));
  }

  async end() {
    await Promise.all(this.devices.map((device) => device.remove()));
    await this.relay?.remove();
  }

  #keep(device) {
    this.devices.push(device);
    return device;
  }
}
