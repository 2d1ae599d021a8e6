import { Device } from "./device.mjs";

export function startPhone(name, address, options = {}) {
  const screen = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
  return Device.start(name, address, { ...options, screen });
}

export function startDesk(name, address, options = {}) {
  return Device.start(name, address, { ...options, screen: { viewport: { width: 1280, height: 800 } } });
}
