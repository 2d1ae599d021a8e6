// A review from the plan to the plan for what comes next: scored from records, written without a network, disputed by the
// person, corrected and acknowledged; nobody else hears of it.

import assert from "node:assert/strict";

import { assertAccessible } from "./support/accessibility.mjs";
import { held } from "./support/database.mjs";
import { journey } from "./support/journey.mjs";
import { createClient } from "./support/steps/clients.mjs";
import { fillReview, openReview, people, say, stage, submitReview } from "./support/steps/reviews.mjs";
import { office } from "./support/steps/team.mjs";

const WANG = "王帆";
const FEEDBACK = "新客户开发得好，回访要更勤，下季度先补齐档案。";
const EVIDENCE = "十一月带两位新人跑龙井路";
const OBJECTION = "漏了龙井茶庄，是我录入的";

journey(
  "a review from the plan to the improvement",
  async (world) => {
    const { director, manager, wang, li } = await office(world);

    await newVersion(director);
    await createClient(wang, { name: "龙井茶庄", contact: "沈洁", phone: "13800001111" });
    await wang.received();

    // Written in the basement; the app dies in the middle.
    await openReview(manager, WANG);
    await manager.page.getByText(manager.t("reviews.records_count", { count: 1 })).first().waitFor();
    await look(manager, "review-before");
    await manager.readyForOffline();
    await manager.loseSignal();
    await manager.link("reviews.write").click();
    await fillReview(manager, { level: 4, evidence: EVIDENCE, feedback: FEEDBACK });
    await manager.page.waitForTimeout(600);
    await manager.page.reload();
    await manager.text("ui.draft_restored").waitFor();
    assert.equal(await manager.field("reviews.feedback").inputValue(), FEEDBACK);
    await look(manager, "review-form");
    await submitReview(manager);
    await manager.text("reviews.provisional").last().waitFor();
    await look(manager, "review-offline");
    assert.equal((await held(wang.page, [EVIDENCE])).words.length, 0, "it has not left the phone");
    await manager.findSignal();
    await manager.received({ within: 30_000 });

    // She disputes it from Today.
    await wang.goTo("/");
    await people(wang).getByText(wang.t("reviews.remind_read")).click();
    await stage(wang, "submitted").waitFor();
    await wang.page.getByText(FEEDBACK).waitFor();
    await look(wang, "review-hers");
    await wang.readyForOffline();
    await wang.loseSignal();
    await say(wang, "reviews.dispute", OBJECTION);
    await stage(wang, "disputed").waitFor();
    await look(wang, "review-disputed");
    await wang.findSignal();
    await wang.received({ within: 30_000 });

    await manager.goTo("/");
    await people(manager).getByText(manager.t("reviews.remind_answer", { name: WANG })).click();
    await manager.page.getByText(OBJECTION).waitFor();
    await look(manager, "review-to-answer");
    await say(manager, "reviews.reopen", "你说得对，重新算");
    await stage(manager, "reopened").waitFor();
    await manager.link("reviews.write").click();
    await fillReview(manager, { level: 5, evidence: EVIDENCE, feedback: FEEDBACK });
    await submitReview(manager);
    await manager.received();

    await openReview(wang, WANG);
    await stage(wang, "submitted").waitFor();
    await wang.loseSignal();
    await wang.button("reviews.acknowledge").click();
    await stage(wang, "acknowledged").waitFor();
    await wang.findSignal();
    await wang.received({ within: 30_000 });
    await openReview(director, WANG);
    await stage(director, "acknowledged").waitFor();
    await look(director, "review-director");

    // Another account manager sees nothing of it, not by its address either, and her phone holds nothing.
    const address = new URL(wang.page.url()).pathname;
    await li.goTo("/reviews");
    await people(li).getByText("李敏").waitFor();
    assert.equal(await people(li).getByText(WANG).count(), 0);
    await look(li, "reviews-hers-alone");
    await li.goTo(address);
    await li.text("reviews.missing").last().waitFor();
    assert.equal((await held(li.page, [EVIDENCE, FEEDBACK, OBJECTION])).words.length, 0);

    await improvement(manager, wang);
    await views(manager, director);
  },
  { timeout: 420_000 },
);

/** The next version weighs attitude more; what does not come to a hundred is refused. */
async function newVersion(director) {
  await director.goTo("/reviews/plans/sales");
  const weight = (key) => director.field("reviews.dimension_weight", { name: director.t(key) });
  await weight("reviews.results").fill("50");
  await director.text("reviews.sum_off", { sum: 90 }).waitFor();
  await director.button("reviews.plan_save").click();
  await director.text("errors.unbalanced").waitFor();
  await look(director, "plan-unbalanced");
  await weight("reviews.attitude").fill("20");
  await director.button("reviews.plan_save").click();
  await director.heading("reviews.plans").waitFor();
  const version = director.page.locator("summary").filter({ hasText: director.t("reviews.in_force") }).first();
  await version.click();
  await director.received();
  await look(director, "plans");
}

async function improvement(manager, wang) {
  await openReview(manager, WANG);
  await manager.link("reviews.improve").click();
  await manager.field("reviews.improve_text").fill("先把档案补齐");
  await manager.field("reviews.improve_tasks").fill("补齐龙井茶庄的地址\n给五家老客户回访");
  await look(manager, "improve");
  await manager.button("reviews.improve_save").click();
  await manager.page.getByText("补齐龙井茶庄的地址").waitFor();
  await look(manager, "improvement");
  await manager.received();
  await wang.goTo("/tasks");
  await wang.page.getByText("补齐龙井茶庄的地址").first().waitFor();
}

async function views(manager, director) {
  await openReview(manager, WANG);
  await manager.page.getByRole("link", { name: manager.t("reviews.records_count", { count: 1 }) }).first().click();
  await manager.page.getByText("龙井茶庄").first().waitFor();
  await look(manager, "review-records");
  await openReview(manager, WANG);
  await manager.link("reviews.over_time").click();
  await manager.page.getByRole("img").first().waitFor();
  await look(manager, "review-history");
  for (const device of [manager, director]) {
    await device.goTo("/reviews/calibration");
    await device.page.getByRole("table").waitFor();
    await look(device, `calibration-${device.name}`);
    await device.goTo("/reviews");
    await people(device).getByText(WANG).waitFor();
    await look(device, `reviews-${device.name}`);
  }
  await openReview(director, WANG);
  await director.link("reviews.report").click();
  await director.button("reviews.print").waitFor();
  await director.page.getByText(FEEDBACK).waitFor();
  await look(director, "review-report");
  const pdf = await director.page.pdf({ preferCSSPageSize: true, printBackground: true, path: process.env.CARAVAN_PDF });
  assert.match(pdf.toString("latin1"), /\/MediaBox \[0 0 59\d(\.\d+)? 84\d(\.\d+)?\]/, "A4");
}

async function look(device, name) {
  await device.shot(name);
  await assertAccessible(device.page, name);
}
