//! The columns of each sheet, with the spellings that pyxform accepts (its `aliases.py`).

/// What a sheet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Survey,
    Choices,
    ExternalChoices,
    Settings,
    Entities,
    Osm,
}

impl Role {
    pub(crate) const ALL: [Self; 6] = [
        Self::Survey,
        Self::Choices,
        Self::ExternalChoices,
        Self::Settings,
        Self::Entities,
        Self::Osm,
    ];

    /// What the sheet is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Choices => "choices",
            Self::ExternalChoices => "external_choices",
            Self::Settings => "settings",
            Self::Entities => "entities",
            Self::Osm => "osm",
        }
    }

    pub(crate) fn is_called(self, written: &str) -> bool {
        written.trim().eq_ignore_ascii_case(self.name())
    }

    /// The columns, by canonical names.
    pub(crate) fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Survey => &SURVEY,
            Self::Choices | Self::ExternalChoices | Self::Osm => &CHOICES,
            Self::Settings => &SETTINGS,
            Self::Entities => &ENTITIES,
        }
    }

    /// The canonical name of a column that is written in small letters with underscores.
    pub(crate) fn canonical(self, snake: &str) -> Option<&'static str> {
        let aliases: &[(&str, &'static str)] = match self {
            Self::Survey => &SURVEY_ALIASES,
            Self::Choices | Self::ExternalChoices | Self::Osm => &CHOICES_ALIASES,
            Self::Settings => &SETTINGS_ALIASES,
            Self::Entities => &ENTITIES_ALIASES,
        };
        let own = self.columns().iter().find(|own| own.eq_ignore_ascii_case(snake)).copied();
        let alias = || aliases.iter().find(|(alias, _)| *alias == snake).map(|(_, own)| *own);
        own.or_else(alias)
    }

    /// Whether it has words in several languages.
    pub(crate) fn has_words(self) -> bool {
        !matches!(self, Self::Settings | Self::Entities)
    }

    /// Whether authors add columns of their own, for filters.
    pub(crate) fn has_free_columns(self) -> bool {
        matches!(self, Self::Choices | Self::ExternalChoices | Self::Osm)
    }
}

/// Columns whose heading may name a language.
pub(super) const TRANSLATED: [&str; 11] = [
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    "warning_message",
    "purpose",
    "image",
    "big-image",
    "audio",
    "video",
];

const SURVEY: [&str; 48] = [
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "default",
    "trigger",
    "choice_filter",
    "parameters",
    "appearance",
    "repeat_count",
    "read_only",
    "image",
    "big-image",
    "audio",
    "video",
    "autoplay",
    "rows",
    "save_to",
    "disabled",
    "intent",
    "bind::jr:noAppErrorString",
    "instance::odk:tag",
    // Ours.
    "min_files",
    "max_files",
    "max_seconds",
    "min_count",
    "max_count",
    "warning",
    "warning_message",
    "prefill",
    "purpose",
    "retention",
    "author_note",
    // Of the submission by text message, which nobody sends any more.
    "sms_field",
    "sms_option",
    "sms_separator",
    "sms_allow_media",
    "sms_date_format",
    "sms_datetime_format",
    "sms_response",
    "hxl",
];

const SURVEY_ALIASES: [(&str, &str); 23] = [
    ("command", "type"),
    ("tag", "name"),
    ("value", "name"),
    ("caption", "label"),
    ("relevance", "relevant"),
    ("calculate", "calculation"),
    ("readonly", "read_only"),
    ("read-only", "read_only"),
    ("count", "repeat_count"),
    ("jr:count", "repeat_count"),
    ("constraining_message", "constraint_message"),
    ("constraint-msg", "constraint_message"),
    ("constraintmsg", "constraint_message"),
    ("jr:constraintmsg", "constraint_message"),
    ("requiredmsg", "required_message"),
    ("jr:requiredmsg", "required_message"),
    ("parameter", "parameters"),
    ("compact_tag", "instance::odk:tag"),
    ("noapperrorstring", "bind::jr:noAppErrorString"),
    ("no_app_error_string", "bind::jr:noAppErrorString"),
    ("jr:noapperrorstring", "bind::jr:noAppErrorString"),
    ("entities:saveto", "save_to"),
    ("guidance", "guidance_hint"),
];

const CHOICES: [&str; 7] = ["list_name", "name", "label", "image", "big-image", "audio", "video"];

const CHOICES_ALIASES: [(&str, &str); 2] = [("value", "name"), ("caption", "label")];

const SETTINGS: [&str; 27] = [
    "form_title",
    "form_id",
    "version",
    "default_language",
    "instance_name",
    "style",
    "public_key",
    "submission_url",
    "auto_send",
    "auto_delete",
    "allow_choice_duplicates",
    "client_editable",
    "clean_text_values",
    "omit_instanceID",
    "namespaces",
    "prefix",
    "delimiter",
    "name",
    "instance_id",
    "instance_xmlns",
    "flat",
    "add_none_option",
    "sms_keyword",
    "sms_separator",
    "sms_allow_media",
    "sms_date_format",
    "sms_datetime_format",
];

const SETTINGS_ALIASES: [(&str, &str); 5] = [
    ("title", "form_title"),
    ("set_form_title", "form_title"),
    ("id_string", "form_id"),
    ("set_form_id", "form_id"),
    ("compact_prefix", "prefix"),
];

const ENTITIES: [&str; 6] = ["dataset", "entity_id", "create_if", "update_if", "label", "repeat"];

const ENTITIES_ALIASES: [(&str, &str); 1] = [("list_name", "dataset")];

/// What the columns of a group mean that means something to us.
pub(super) const ATTRIBUTES: [(&str, &str, &str); 16] = [
    ("bind", "relevant", "relevant"),
    ("bind", "required", "required"),
    ("bind", "constraint", "constraint"),
    ("bind", "calculate", "calculation"),
    ("bind", "calculation", "calculation"),
    ("bind", "readonly", "read_only"),
    ("bind", "read_only", "read_only"),
    ("bind", "jr:constraintmsg", "constraint_message"),
    ("bind", "jr:requiredmsg", "required_message"),
    ("bind", "constraint_message", "constraint_message"),
    ("bind", "required_message", "required_message"),
    ("bind", "entities:saveto", "save_to"),
    ("body", "appearance", "appearance"),
    ("body", "jr:count", "repeat_count"),
    ("body", "rows", "rows"),
    ("body", "autoplay", "autoplay"),
];
