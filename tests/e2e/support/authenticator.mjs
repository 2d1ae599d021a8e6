// A finger on the sensor, for Chromium: an authenticator that is built in and always agrees.

/** @param {import("./device.mjs").Device} device */
export async function giveFinger(device) {
  const session = await device.context.newCDPSession(device.page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
