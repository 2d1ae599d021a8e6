//! Rows by the mapping, held against every client on this device.

use caravan_domain::clients::list::SimilarTo;
use caravan_files::row::ImportRow;
use caravan_port::act::{Act, ActError, Done, ImportFinding, ImportProbe};
use leptos::prelude::*;

use super::{
    checked::Checked,
    failure::ImportFailure,
    wizard::{Step, Wizard},
};
use crate::engine::Failure;

/// Rows in one question: the engine answers others in between.
const AT_ONCE: usize = 500;

impl Wizard {
    pub(super) fn check(self) {
        let me = self.me.with_untracked(|me| me.as_ref().map(|me| me.person));
        // The page stands behind the gate: whoever sees it has joined.
        let Some(importer) = me else { return };
        let mapping = self.mapping.get_untracked();
        self.work(Step::Converting, Step::Columns, async move {
            let (rows, converted) = self.files.convert(mapping, importer).await?;
            self.rows_done.set((0, rows.len()));
            self.step.set(Step::Comparing);
            let findings = self.compare(&rows).await?;
            self.checked.set(Checked::new(rows, converted, findings));
            self.choices.update(|choices| choices.clear());
            Ok(Step::Preview)
        });
    }

    /// One finding for each row, in their order.
    async fn compare(self, rows: &[ImportRow]) -> Result<Vec<ImportFinding>, ImportFailure> {
        let mut findings = Vec::with_capacity(rows.len());
        for chunk in rows.chunks(AT_ONCE) {
            let probes = chunk.iter().map(probe).collect();
            match self.engine.act(Act::CheckImport(probes)).await? {
                Done::Import(found) if found.len() == chunk.len() => findings.extend(found),
                _ => return Err(Failure::<ActError>::Interrupted.into()),
            }
            self.rows_done.set((findings.len(), rows.len()));
        }
        Ok(findings)
    }
}

fn probe(row: &ImportRow) -> ImportProbe {
    let phones = row
        .draft
        .contacts
        .iter()
        .flat_map(|contact| &contact.phones);
    ImportProbe {
        client: row.client,
        similar: SimilarTo {
            name: row.draft.name.clone(),
            code: row.draft.code.clone(),
            phones: phones.cloned().collect(),
            except: None,
        },
    }
}
