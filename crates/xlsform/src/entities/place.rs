//! Every group, repeat, and the form as a whole can be one entity (ODK's specification of entities
//! 2025.1, section "Multiple Entity declarations in a form"): which of several gets which.
//!
//! pyxform's `allocate_entities_to_containers`, so that a form means the same in both.

/// A group or a repeat.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Holder {
    pub(super) name: String,
    pub(super) is_repeat: bool,
}

/// The groups and repeats around something, from outside.
pub(super) type Way = Vec<Holder>;

/// Something that an entity saves or refers to.
pub(super) struct Reference {
    pub(super) way: Way,
    pub(super) is_saved: bool,
}

/// What an entity would have.
pub(super) struct Claim {
    dataset: String,
    pub(super) references: Vec<Reference>,
    /// The rows that it is among: the way to their repeat.
    rows: Way,
    /// The holder that it asks for.
    wanted: Way,
}

/// The way to the innermost repeat.
fn rows(way: &[Holder]) -> &[Holder] {
    let last = way.iter().rposition(|holder| holder.is_repeat);
    &way[..last.map_or(0, |place| place + 1)]
}

/// How many repeats there are on a way, and how many groups behind the last.
fn depth(way: &[Holder]) -> (usize, usize) {
    (way.iter().filter(|holder| holder.is_repeat).count(), way.len() - rows(way).len())
}

/// The deepest; the first of several.
fn deepest<'w>(ways: impl Iterator<Item = &'w [Holder]>) -> &'w [Holder] {
    ways.fold(None, |best: Option<&[Holder]>, way| match best {
        Some(best) if depth(way) <= depth(best) => Some(best),
        _ => Some(way),
    })
    .unwrap_or_default()
}

impl Claim {
    pub(super) fn of(dataset: String, references: Vec<Reference>) -> Self {
        let all = || references.iter().map(|reference| reference.way.as_slice());
        let saved = || references.iter().filter(|own| own.is_saved).map(|own| own.way.as_slice());
        let (own_rows, wanted) = match saved().next() {
            None => (rows(deepest(all())), deepest(all())),
            Some(first) => {
                let own_rows = rows(deepest(saved()));
                (own_rows, deepest([own_rows, saved().fold(first, shared)].into_iter()))
            }
        };
        let (own_rows, wanted) = (own_rows.to_vec(), wanted.to_vec());
        Self { dataset, references, rows: own_rows, wanted }
    }

    /// Whether there is but one of what it refers to in each of its rows.
    pub(super) fn reaches(&self, reference: &Reference) -> bool {
        self.rows.starts_with(rows(&reference.way))
    }

    fn saved(&self) -> impl Iterator<Item = &Way> {
        self.references.iter().filter(|own| own.is_saved).map(|own| &own.way)
    }
}

/// The part of two ways that both have.
fn shared<'w>(one: &'w [Holder], other: &[Holder]) -> &'w [Holder] {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    &one[..same]
}

/// The holder of each claim, or the list that has the one that it asks for.
pub(super) fn place(claims: &[Claim]) -> Vec<Result<Way, String>> {
    if let [only] = claims
        && only.rows.is_empty()
    {
        return vec![Ok(Way::new())];
    }
    let mut taken: Vec<(Way, &str)> = Vec::new();
    claims.iter().map(|claim| claim.place(&mut taken)).collect()
}

impl Claim {
    /// As deep as it asks for, or further out among its rows where another is there already.
    fn place<'c>(&'c self, taken: &mut Vec<(Way, &'c str)>) -> Result<Way, String> {
        let owner = |way: &[Holder], taken: &[(Way, &'c str)]| {
            taken.iter().find(|(own, _)| own == way).map(|(_, dataset)| *dataset)
        };
        let mut other = "";
        for length in (self.rows.len()..=self.wanted.len()).rev() {
            let way = &self.wanted[..length];
            let Some(dataset) = owner(way, taken) else {
                self.take(length, taken);
                return Ok(way.to_vec());
            };
            other = dataset;
            // What is saved goes to the nearest entity around it: it must not be another's.
            if let Some(dataset) = self.saved().find_map(|way| owner(way, taken)) {
                other = dataset;
                break;
            }
        }
        Err(other.to_owned())
    }

    /// Nothing between the holder and what is saved in it can be another's.
    fn take<'c>(&'c self, length: usize, taken: &mut Vec<(Way, &'c str)>) {
        taken.push((self.wanted[..length].to_vec(), &self.dataset));
        for way in self.saved() {
            taken.extend((length..=way.len()).map(|end| (way[..end].to_vec(), &*self.dataset)));
        }
    }
}
