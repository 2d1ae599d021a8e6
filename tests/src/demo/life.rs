//! One step of a year, taken: the command the app would run for it.

use anyhow::{Context, Result, bail};
use caravan_domain::clients::command::{ClientCommand, ImportedClient};
use caravan_domain::clients::record::{ClientDraft, InteractionDraft};
use caravan_domain::command::{Command, RecordRef};
use caravan_domain::id::{BatchId, ClientId, Id, VisitId};
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::record::{TaskDraft, TaskStatus};
use caravan_domain::time::Instant;
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::VisitDraft;

use super::agenda::Step;
use super::device::Device;
use super::time::later;
use super::visit::Ending;
use super::year::Year;
use crate::dice::Dice;

pub(super) struct Life<'a> {
    pub(super) year: &'a mut Year,
    pub(super) device: &'a Device,
    pub(super) at: Instant,
    pub(super) dice: &'a Dice,
}

impl Life<'_> {
    pub(super) async fn take(&mut self, step: Step) -> Result<()> {
        match step {
            Step::Import => self.import().await,
            Step::WriteDown(place) => {
                let draft = self.year.clients[place].draft.clone();
                let create = Command::Client(ClientCommand::Create(draft));
                let client = self.device.create(self.at, create).await?;
                self.year.clients[place].id = Some(client);
                Ok(())
            }
            Step::Promote(place) => self.promote(place).await,
            Step::Share(place) => {
                let client = self.client(place)?;
                let Some((_, with)) = self.year.clients[place].shared else {
                    return Ok(());
                };
                self.client_command(ClientCommand::Share { client, with })
                    .await
            }
            Step::Talk(place) => {
                let talk = &self.year.talks[place];
                let log = ClientCommand::LogInteraction {
                    client: self.client(talk.client)?,
                    draft: InteractionDraft {
                        kind: talk.kind,
                        text: talk.text.clone(),
                        happened_at: None,
                        corrects: None,
                    },
                };
                self.client_command(log).await
            }
            Step::Plan(place) => self.plan(place).await,
            Step::Begin(place) => self.begin(place).await,
            Step::Record(place) => self.record(place).await,
            Step::End(place) => {
                let (client, visit) = self.visit(place)?;
                let reading = self.year.visits[place].readings[1].clone();
                let check_out = VisitCommand::CheckOut {
                    client,
                    visit,
                    reading,
                };
                self.visit_command(check_out).await
            }
            Step::Cancel(place) => {
                let (client, visit) = self.visit(place)?;
                let Ending::Cancelled(reason) = &self.year.visits[place].ending else {
                    return Ok(());
                };
                let reason = reason.clone();
                self.visit_command(VisitCommand::Cancel {
                    client,
                    visit,
                    reason,
                })
                .await
            }
            Step::Set(place) => self.set_task(place).await,
            Step::Progress(place) | Step::Finish(place) => {
                let errand = &self.year.errands[place];
                let (assignee, task) = (errand.assignee, errand.id.context("no such task yet")?);
                let command = match (step, errand.progress) {
                    (Step::Progress(_), Some((_, percent))) => TaskCommand::SetProgress {
                        assignee,
                        task,
                        percent,
                    },
                    _ => TaskCommand::SetStatus {
                        assignee,
                        task,
                        status: TaskStatus::Done,
                    },
                };
                self.run(Command::Task(command)).await.map(drop)
            }
        }
    }

    async fn import(&mut self) -> Result<()> {
        let (at, dice) = (self.at, self.dice);
        let imported = self.year.clients.iter_mut().filter(|mine| mine.imported);
        let clients = imported
            .map(|mine| {
                let client = ClientId(Id::mint(at, dice.bytes()));
                mine.id = Some(client);
                let days_ago = dice.between(5, 45);
                ImportedClient {
                    client,
                    draft: mine.draft.clone(),
                    owner: None,
                    followed_up_at: dice.percent(70).then(|| later(at, -days_ago * 24 * 60)),
                }
            })
            .collect();
        let batch = BatchId(Id::mint(at, dice.bytes()));
        self.client_command(ClientCommand::Import { batch, clients })
            .await
    }

    async fn promote(&mut self, place: usize) -> Result<()> {
        let client = self.client(place)?;
        let mine = &mut self.year.clients[place];
        let Some((_, stage)) = mine.becomes else {
            return Ok(());
        };
        // Only the stage differs; contacts that stay need not be named.
        let before = ClientDraft {
            contacts: Vec::new(),
            ..mine.draft.clone()
        };
        let after = ClientDraft {
            stage,
            ..before.clone()
        };
        mine.draft.stage = stage;
        self.client_command(ClientCommand::Change {
            client,
            before,
            after,
        })
        .await
    }

    async fn plan(&mut self, place: usize) -> Result<()> {
        let visit = &self.year.visits[place];
        let draft = VisitDraft {
            client: self.client(visit.client)?,
            kind: visit.kind,
            planned_on: visit.day,
            planned_at: visit.planned_at(),
            purpose: visit.purpose.clone(),
            by: self.device.person(),
            with: visit.with.into_iter().collect(),
        };
        let planned = self.run(Command::Visit(VisitCommand::Plan(draft))).await?;
        self.note_visit(place, planned)
    }

    async fn begin(&mut self, place: usize) -> Result<()> {
        let visit = &self.year.visits[place];
        let (client, reading) = (self.client(visit.client)?, visit.readings[0].clone());
        let command = match visit.id {
            Some(visit) => VisitCommand::CheckIn {
                client,
                visit,
                reading,
            },
            None => VisitCommand::DropIn {
                client,
                kind: visit.kind,
                reading,
            },
        };
        let begun = self.run(Command::Visit(command)).await?;
        match self.year.visits[place].id {
            Some(_) => Ok(()),
            None => self.note_visit(place, begun),
        }
    }

    fn note_visit(&mut self, place: usize, created: Option<RecordRef>) -> Result<()> {
        let Some(RecordRef::Visit(_, visit)) = created else {
            bail!("a visit was to be created, not {created:?}");
        };
        self.year.visits[place].id = Some(visit);
        Ok(())
    }

    async fn record(&mut self, place: usize) -> Result<()> {
        let (client, visit) = self.visit(place)?;
        let story = &self.year.visits[place];
        let (note, action, next) = (story.note.clone(), story.action.clone(), story.next.clone());
        self.visit_command(VisitCommand::WriteNote {
            client,
            visit,
            note,
        })
        .await?;
        if let Some((action, text)) = action {
            self.visit_command(VisitCommand::DoAction {
                client,
                visit,
                action,
                text,
            })
            .await?;
        }
        if let Some((step, on)) = next {
            self.visit_command(VisitCommand::SetNext {
                client,
                visit,
                step,
                on,
            })
            .await?;
        }
        Ok(())
    }

    async fn set_task(&mut self, place: usize) -> Result<()> {
        let errand = &self.year.errands[place];
        let client = errand
            .client
            .and_then(|client| self.year.clients[client].id);
        let draft = TaskDraft {
            assignee: errand.assignee,
            title: errand.title.clone(),
            detail: errand.detail.clone(),
            kind: errand.kind,
            due: Some(errand.due),
            client,
            difficulty: None,
            estimate: None,
        };
        let created = self.run(Command::Task(TaskCommand::Create(draft))).await?;
        let Some(RecordRef::Task(_, task)) = created else {
            bail!("a task was to be created, not {created:?}");
        };
        self.year.errands[place].id = Some(task);
        Ok(())
    }

    fn client(&self, place: usize) -> Result<ClientId> {
        self.year.clients[place]
            .id
            .context("the client is not written down yet")
    }

    fn visit(&self, place: usize) -> Result<(ClientId, VisitId)> {
        let visit = &self.year.visits[place];
        let id = visit.id.context("the visit has not begun")?;
        Ok((self.client(visit.client)?, id))
    }

    async fn client_command(&self, command: ClientCommand) -> Result<()> {
        self.run(Command::Client(command)).await.map(drop)
    }

    async fn visit_command(&self, command: VisitCommand) -> Result<()> {
        self.run(Command::Visit(command)).await.map(drop)
    }

    async fn run(&self, command: Command) -> Result<Option<RecordRef>> {
        self.device.run(self.at, command).await
    }
}
