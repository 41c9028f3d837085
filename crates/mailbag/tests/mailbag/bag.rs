use mailbag::{CarriedFile, Head, Mailbag, NotAMailbag, Parcel};
use minicbor::bytes::ByteVec;
use protocol::{Digest, FileId, Township};

fn file(number: u8, length: u64, is_inside: bool) -> CarriedFile {
    let id = FileId::new(1_795_000_000_000, [number; 10]);
    CarriedFile { id, length, sealed_digest: Digest([number; 32]), is_inside }
}

fn bag() -> Mailbag {
    let parcel = |number: u8, files| Parcel {
        envelope: ByteVec::from(vec![number; 300]),
        manifest: Digest([number; 32]),
        files,
    };
    let mut bag = Mailbag::of(Township("529999101000".into()));
    bag.parcels = vec![
        parcel(1, vec![file(1, 100, true), file(2, 7, false), file(3, 5, true)]),
        parcel(2, vec![]),
        parcel(3, vec![file(4, 40, true)]),
    ];
    bag
}

#[test]
fn what_was_put_into_a_mailbag_is_taken_out_of_it_file_by_file() {
    let packed = bag().head();
    let head = Head::read(&packed[..Head::LENGTH]).unwrap();
    assert_eq!(head.list().end, packed.len());
    let opened = head.open(&packed[head.list()]).unwrap();
    assert_eq!(opened, bag());
    let end = packed.len() as u64;
    let places: Vec<_> = opened.places(&head).map(|(file, place)| (file.length, place)).collect();
    assert_eq!(
        places,
        [(100, end..end + 100), (5, end + 100..end + 105), (40, end + 105..end + 145)]
    );
}

#[test]
fn a_bit_that_fell_over_is_noticed_wherever_it_is() {
    let packed = bag().head();
    for place in 0..packed.len() {
        let mut damaged = packed.clone();
        damaged[place] ^= 1;
        let read = Head::read(&damaged).and_then(|head| {
            let list = damaged.get(head.list()).ok_or(NotAMailbag::Damaged)?;
            head.open(list)
        });
        let expected = if place < 8 { NotAMailbag::OtherFile } else { NotAMailbag::Damaged };
        assert_eq!(read, Err(expected), "byte {place}");
    }
}

#[test]
fn a_list_of_a_newer_version_asks_for_an_update() {
    let list = [0x84, 0x02, 0x61, b'x', 0x80, 0x80];
    let mut packed = b"XST bag\n".to_vec();
    packed.extend((list.len() as u32).to_be_bytes());
    packed.extend(Digest::of(&list).0);
    let head = Head::read(&packed).unwrap();
    assert_eq!(head.open(&list), Err(NotAMailbag::Newer));
}

#[test]
fn a_file_longer_than_any_is_not_believed() {
    let mut bag = bag();
    bag.parcels[0].files[0].length = u64::MAX;
    let packed = bag.head();
    let head = Head::read(&packed).unwrap();
    assert_eq!(head.open(&packed[head.list()]), Err(NotAMailbag::Damaged));
}
