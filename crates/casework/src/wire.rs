//! How moments, limits and villages are written in events, which are kept for ever.

/// A moment: milliseconds since 1970 and minutes east of UTC. Nothing finer ever happens to a case.
pub(crate) mod moment {
    use calendar::OffsetDateTime;
    use minicbor::decode::Error;
    use minicbor::encode::{Error as NotWritten, Write};
    use minicbor::{Decoder, Encoder};
    use time::{Duration, UtcOffset};

    pub(crate) fn encode<C, W: Write>(
        at: &OffsetDateTime,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), NotWritten<W::Error>> {
        let since = *at - OffsetDateTime::UNIX_EPOCH;
        let ms = since.whole_seconds() * 1000 + i64::from(since.subsec_milliseconds());
        e.array(2)?.i64(ms)?.i16(at.offset().whole_minutes())?.ok()
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<OffsetDateTime, Error> {
        let wrong = || Error::message("no moment");
        match d.array()? {
            Some(2) => {
                let (ms, minutes) = (d.i64()?, d.i16()?);
                let offset = UtcOffset::from_whole_seconds(i32::from(minutes) * 60);
                let at = OffsetDateTime::UNIX_EPOCH.checked_add(Duration::milliseconds(ms));
                at.zip(offset.ok()).and_then(|(at, offset)| at.checked_to_offset(offset))
            }
            _ => None,
        }
        .ok_or_else(wrong)
    }
}

/// A limit: its kind, and how many of it.
pub(crate) mod limit {
    use calendar::Limit;
    use minicbor::decode::Error;
    use minicbor::encode::{Error as NotWritten, Write};
    use minicbor::{Decoder, Encoder};

    pub(crate) fn encode<C, W: Write>(
        limit: &Limit,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), NotWritten<W::Error>> {
        let (kind, count) = match limit {
            Limit::WorkingDays(days) => (0, days),
            Limit::Days(days) => (1, days),
            Limit::Hours(hours) => (2, hours),
        };
        e.array(2)?.u8(kind)?.u32(*count)?.ok()
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Limit, Error> {
        let wrong = || Error::message("no limit");
        if d.array()? != Some(2) {
            return Err(wrong());
        }
        match (d.u8()?, d.u32()?) {
            (0, days) => Ok(Limit::WorkingDays(days)),
            (1, days) => Ok(Limit::Days(days)),
            (2, hours) => Ok(Limit::Hours(hours)),
            _ => Err(wrong()),
        }
    }
}

/// A village, by its code, where there is one.
pub(crate) mod village {
    use checks::Division;
    use minicbor::data::Type;
    use minicbor::decode::Error;
    use minicbor::encode::{Error as NotWritten, Write};
    use minicbor::{Decoder, Encoder};

    pub(crate) fn encode<C, W: Write>(
        village: &Option<Division>,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), NotWritten<W::Error>> {
        match village {
            Some(village) => e.str(village.as_str())?.ok(),
            None => e.null()?.ok(),
        }
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Option<Division>, Error> {
        if d.datatype()? == Type::Null {
            d.null()?;
            return Ok(None);
        }
        let village = Division::read(d.str()?);
        village.map(Some).map_err(|_| Error::message("no division code"))
    }
}
