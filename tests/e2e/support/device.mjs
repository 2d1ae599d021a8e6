// A device of one person: its own browser process, profile, network and language.

import { once } from "node:events";
import { cp, mkdir, mkdtemp, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

import * as places from "./places.mjs";
import { Signal } from "./signal.mjs";
import { until } from "./until.mjs";
import { Watch } from "./watch.mjs";
import { words } from "./words.mjs";

/** People's Square, Shanghai. */
export const HERE = { latitude: 31.2304, longitude: 121.4737, accuracy: 12 };
/** A panic in Wasm says where it came from only in a long stack. */
const STACK = "--js-flags=--stack-trace-limit=60";
const FLAGS = [STACK, "--no-first-run", "--disable-gpu", "--disable-quic", "--disable-component-update", "--disable-sync"];

export class Device {
  /** @type {import("playwright-core").BrowserContext} */
  context;
  /** The tab in front. @type {import("playwright-core").Page} */
  page;
  watch = new Watch();

  static async start(name, address, { language = "zh", theme = "light", screen }) {
    const device = new Device();
    device.name = name;
    device.address = address;
    device.profile = await mkdtemp(join(tmpdir(), "caravan-profile-"));
    device.signal = await Signal.start();
    device.settings = { ...screen, locale: language === "zh" ? "zh-CN" : "en-GB", colorScheme: theme };
    device.speak(language);
    await device.open();
    return device;
  }

  /** The same profile on a second machine, as a backup that was restored there; `device` must be closed. */
  static async copyOf(device, name) {
    const copy = new Device();
    Object.assign(copy, { name, address: device.address, settings: device.settings });
    copy.profile = await mkdtemp(join(tmpdir(), "caravan-profile-"));
    await cp(device.profile, copy.profile, { recursive: true, filter: (path) => !path.includes("Singleton") });
    copy.signal = await Signal.start();
    copy.speak(device.language);
    await copy.open();
    return copy;
  }

  /** The language the tests expect the app to speak. */
  speak(language) {
    this.language = language;
    this.t = words(language);
  }

  /** Starts the browser on the same profile: everything in memory is gone, everything stored is there. */
  async open() {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: places.chromium,
      args: FLAGS,
      chromiumSandbox: false,
      proxy: { server: this.signal.address },
      geolocation: HERE,
      permissions: ["geolocation"],
      timezoneId: "Asia/Shanghai",
      acceptDownloads: true,
      ...this.settings,
    });
    this.context.setDefaultTimeout(15_000);
    this.watch.over(this.context, this.name);
    [this.page] = this.context.pages();
  }

  async close() {
    await this.context?.close();
  }

  /** The browser's process, which also leads its process group. */
  async pid() {
    const [, pid] = /-(\d+)$/.exec(await readlink(join(this.profile, "SingletonLock")));
    return Number(pid);
  }

  /** The process dies as it does when the phone's memory runs out. */
  async kill() {
    const pid = await this.pid();
    const gone = once(this.context, "close");
    process.kill(pid, "SIGKILL");
    await gone;
    await rm(join(this.profile, "SingletonLock"), { force: true });
  }

  async remove() {
    await this.close().catch(() => {});
    this.signal.stop();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async loseSignal() {
    this.signal.cut();
    await this.context.setOffline(true);
  }

  async findSignal() {
    this.signal.restore();
    await this.context.setOffline(false);
  }

  async goTo(path) {
    await this.page.goto(new URL(path, this.address).href);
  }

  async newTab(path = "/") {
    const page = await this.context.newPage();
    await page.goto(new URL(path, this.address).href);
    return page;
  }

  /** Whether the service worker has all it needs to start with no network. */
  async readyForOffline() {
    await until(`${this.name} can start offline`, () =>
      this.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return registration?.active?.state === "activated";
      }),
    );
  }

  /** The app has let this device in. */
  async arrived() {
    await this.heading("shell.today").waitFor();
  }

  /** Everything written here has been received by the relay. */
  async received({ within } = {}) {
    await this.chip("ui.sync_received").waitFor({ timeout: within });
  }

  /** The state of sync on every page; the one of the other layout is hidden. */
  chip(key) {
    return this.page.getByRole("link", { name: this.t(key) }).first();
  }

  async shot(name, options) {
    await mkdir(places.shots, { recursive: true });
    await this.page.screenshot({ ...options, path: join(places.shots, `${name}.png`) });
  }

  button(key, filled) {
    return this.role("button", key, filled);
  }

  link(key, filled) {
    return this.role("link", key, filled);
  }

  heading(key, filled) {
    return this.role("heading", key, filled);
  }

  role(role, key, filled) {
    return this.page.getByRole(role, { name: this.t(key, filled), exact: true });
  }

  field(key, filled) {
    return this.page.getByLabel(this.t(key, filled), { exact: true });
  }

  text(key, filled) {
    return this.page.getByText(this.t(key, filled));
  }
}
