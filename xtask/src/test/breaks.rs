//! Ways to break the code on purpose. The simulation must find each one: what it would not find, it
//! does not show.

/// A change to one file.
pub(super) struct Break {
    /// What is wrong then.
    pub(super) name: &'static str,
    /// Of the repository.
    pub(super) file: &'static str,
    /// What stands there once.
    pub(super) from: &'static str,
    /// What stands there instead.
    pub(super) to: &'static str,
}

pub(super) const BREAKS: [Break; 19] = [
    Break {
        name: "a draft is removed and its envelope is put in two transactions",
        file: "crates/vault/src/finish.rs",
        from: "self.put_in_outbox(application, id, writes).await?;",
        to: "self.store().write(&writes.split_off(writes.len() - 3)).await?;
        self.store().write(&writes.split_off(writes.len() - 4)).await?;
        self.put_in_outbox(application, id, writes).await?;",
    },
    Break {
        name: "records are kept as they are, unsealed",
        file: "crates/vault/src/records.rs",
        from: "Ok(Write::put(place, key, sealed))",
        to: "Ok(Write::put(place, key, [sealed, encode(record)].concat()))",
    },
    Break {
        name: "what is sent says what it is about",
        file: "crates/vault/src/outgoing.rs",
        from: "let envelope = encode(&envelope);",
        to: "let envelope = [encode(&envelope), encode(&order)].concat();",
    },
    Break {
        name: "files are removed when the envelope arrived, and not when they did",
        file: "crates/vault/src/deliveries.rs",
        from: "self.receipt.is_some() && (self.files.is_empty() || self.completion.is_some())",
        to: "self.receipt.is_some()",
    },
    Break {
        name: "what was refused is thrown away",
        file: "crates/vault/src/deliveries.rs",
        from: "if !self.is_delivered() {",
        to: "if !self.is_delivered() && self.refused.is_none() {",
    },
    Break {
        name: "what is left of files that were never finished stays for ever",
        file: "crates/vault/src/pieces.rs",
        from: "if let Some(_hold) = self.phone().hold(&name(id)).await {",
        to: "if let Some(_hold) = self.phone().hold(&name(id)).await.filter(|_| false) {",
    },
    Break {
        name: "only the first piece of what is sent of a file is looked for",
        file: "crates/vault/src/pieces.rs",
        from: "let piece = file.read(self.phone(), number).await?;",
        to: "let piece = file.read(self.phone(), range.start / sealed_size::<P>()).await?;",
    },
    Break {
        name: "a receipt is believed whoever signed it",
        file: "crates/courier/src/answer.rs",
        from: "is_true.then_some(Verified { statement, signed })",
        to: "Some(Verified { statement, signed }).filter(|_| is_true | true)",
    },
    Break {
        name: "after a bad connection nothing is tried again for a year",
        file: "crates/courier/src/retry.rs",
        from: "Schedule { first_ms: SECOND, most_ms: 12 * SECOND }",
        to: "Schedule { first_ms: 9_000 * HOUR, most_ms: 9_000 * HOUR }",
    },
    Break {
        name: "the township answers before it is durable",
        file: "crates/server/src/intake/writer.rs",
        from: "    transaction.commit().await?;",
        to: "    if now.0 % 3 > 0 { transaction.commit().await?; }",
    },
    Break {
        name: "the township puts bytes of a file a place further",
        file: "crates/server/src/files/folder.rs",
        from: "file.seek(SeekFrom::Start(offset))?;\n            file.write_all",
        to: "file.seek(SeekFrom::Start(offset + 1))?;\n            file.write_all",
    },
    Break {
        name: "the township does not look whether a file is the one in the manifest",
        file: "crates/server/src/files/receive.rs",
        from: "if held.digest(file.length, suite).await? != file.digest {",
        to: "if held.digest(file.length, suite).await? != file.digest && file.length == 0 {",
    },
    Break {
        name: "the township gives what comes again no receipt but a refusal",
        file: "crates/server/src/intake.rs",
        from: "(digest == letter.digest).then_some(Verdict::Received(receipt))",
        to: "let reason = protocol::sync::RefusalReason::Conflicting;
    let again = refusal::make(Some(receipt.claim().ok()?.envelope), digest, reason, \"来过\");
    (digest == letter.digest).then_some(Verdict::Refused(again))",
    },
    Break {
        name: "the township takes what does not fulfil its form",
        file: "crates/server/src/intake/check.rs",
        from: "if !problems.is_empty() {",
        to: "if problems.len() > 40 {",
    },
    Break {
        name: "the last word counts, whatever it has seen",
        file: "crates/server/src/cases/meanwhile.rs",
        from: "happened.rev().find(|obstacle| self.heeds(*obstacle))",
        to: "happened.rev().find(|obstacle| self.heeds(*obstacle) & false)",
    },
    Break {
        name: "what was refused may come back in anybody's mailbag",
        file: "crates/vault/src/commands.rs",
        from: "DeliveryRecord { is_let_be: true, files: Vec::new(), ..delivery }",
        to: "DeliveryRecord { is_let_be: false, files: Vec::new(), ..delivery }",
    },
    Break {
        name: "keys that are renewed push out the former ones",
        file: "crates/protocol/src/keys/rotation.rs",
        from: "self.sealing.insert(0, SealingPair::generate(random));",
        to: "self.sealing = vec![SealingPair::generate(random)];",
    },
    Break {
        name: "phones do not follow renewed keys",
        file: "crates/courier/src/pack.rs",
        from: "trusted = claim.next;",
        to: "drop(claim.next);",
    },
    Break {
        name: "the township takes what a revoked device made",
        file: "crates/server/src/intake/keep.rs",
        from: "if storage::devices::is_revoked(db, township, &arrival.author).await? {",
        to: "if storage::devices::is_revoked(db, township, &arrival.author).await? && now.0 == 0 {",
    },
];

#[cfg(test)]
mod tests {
    use std::fs;

    use super::BREAKS;
    use crate::workspace;

    #[test]
    fn what_is_to_be_broken_stands_in_the_code_once() {
        for each in BREAKS {
            let text = fs::read_to_string(workspace::root().join(each.file)).unwrap();
            assert_eq!(text.matches(each.from).count(), 1, "{}", each.name);
        }
    }
}
