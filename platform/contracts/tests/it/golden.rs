//! What is on the wire: every message as it was when it was released, in `golden/`.
//!
//! A message in flight, in an outbox or in a queue must be read by the next version too, so a golden file never changes;
//! a message that must change gets a new version and a file beside the old one.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use contracts::{
    auth::{
        AccountErased, AccountLocked, AccountOpened, AccountUnlocked, Channel, CodeIssued, CodePurpose, ContactsChanged,
        GrantRole,
    },
    commerce::{
        CancelledBy, HandoverCodeMade, OrderCancelled, OrderCompleted, OrderDelivered, OrderHead, OrderPlaced, OrderShipped,
        PaymentReceived, ProductCard, ProductCards, ProductExhibit, ShopChanged, ShopExhibit,
    },
    files::{MediaDeleted, MediaFailed, MediaReady, Owned, Picture, PictureFormat, PictureSize, PicturesOf, Variant},
    ids::Media,
    payment::{
        EscrowHeld, EscrowReleased, Held, HoldEscrow, LedgerReport, PaymentFailed, PaymentSucceeded, Purpose, RefundEscrow,
        RefundProcessed, ReleaseEscrow, Settled, TopUpSettled, VerifyLedger,
    },
    profile::{
        Badge, BlockChanged, Card, CaseDecided, CaseParty, Exhibit, FollowRequested, Followed, Mentioned, Met, OpenProfile,
        Opened, Outcome, People, PetitionOutcome, PetitionReason, PostModerated, PrivacyChanged, ProductModerated,
        ProfileChanged, RecomputeTrust, Relationship, Relationships, ReportReason, RequestAccepted, ShopModerated, Surface,
        ThingKind, TrustReport, TrustReviewed, TrustUpdated, Unfollowed, UserExhibit, UserModerated, UsernameChanged,
        VerificationDecided,
    },
    social::{PostExhibit, PostPublished},
};
use kernel::{Ask, Currency, Fact, Id, Locale, Money, Prefix, Role, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The messages of this version, by name.
#[derive(Default)]
struct Wire(BTreeMap<&'static str, Value>);

impl Wire {
    fn fact<F: Fact>(&mut self, fact: &F) {
        assert!(self.0.insert(F::NAME, through(fact)).is_none(), "{} twice", F::NAME);
    }

    fn ask<A: Ask + Serialize + DeserializeOwned>(&mut self, ask: &A, answer: &A::Answer)
    where
        A::Answer: Serialize + DeserializeOwned,
    {
        let both = serde_json::json!({"ask": through(ask), "answer": through(answer)});
        assert!(self.0.insert(A::NAME, both).is_none(), "{} twice", A::NAME);
    }
}

/// A message as JSON, after it was read back and written again without a change.
fn through<M: Serialize + DeserializeOwned>(message: &M) -> Value {
    let json = serde_json::to_value(message).unwrap();
    let read: M = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), json);
    json
}

fn id<T: Prefix>(number: u128) -> Id<T> {
    Id::from_uuid(uuid::Uuid::from_u128(0x0193_5800_0000_7000_8000_0000_0000_0000 + number))
}

fn shillings(minor: i64) -> Money {
    Money::new(minor, Currency::TZS)
}

fn at() -> Timestamp {
    Timestamp::from_microsecond(1_795_420_800_000_000)
}

fn head() -> OrderHead {
    OrderHead {
        order: id(20),
        version: 3,
        shop: id(10),
        shop_name: "Amina Fabrics".into(),
        seller: id(1),
        buyer: id(2),
        title: "Kitenge dress".into(),
        quantity: 2,
        total: shillings(2_500_000),
    }
}

fn auth(wire: &mut Wire) {
    wire.fact(&CodeIssued {
        flow: id(40),
        purpose: CodePurpose::Register,
        channel: Channel::Sms,
        to: "+255712000001".into(),
        code: "042137".into(),
        locale: Locale::Sw,
        expires_at: at(),
    });
    wire.fact(&AccountOpened { user: id(1), version: 1, at: at() });
    wire.fact(&ContactsChanged {
        user: id(1),
        version: 1,
        email: Some("amina@example.com".into()),
        phone: None,
        locale: Locale::En,
    });
    wire.fact(&AccountLocked { user: id(1), version: 2 });
    wire.fact(&AccountUnlocked { user: id(1), version: 3 });
    wire.fact(&AccountErased { user: id(1), version: 4 });
    wire.ask(&GrantRole { who: "amina@example.com".into(), role: Role::Admin }, &id(1));
}

fn profile(wire: &mut Wire) {
    wire.fact(&ProfileChanged {
        user: id(1),
        version: 2,
        username: "amina".into(),
        display_name: "Amina Juma".into(),
        locale: Some(Locale::Sw),
        time_zone: Some("Africa/Dar_es_Salaam".into()),
    });
    wire.fact(&UsernameChanged { user: id(1), version: 3, before: "amina".into(), username: "amina_juma".into() });
    wire.fact(&Followed { follower: id(2), followee: id(1), version: 1 });
    wire.fact(&Unfollowed { follower: id(2), followee: id(1), version: 2 });
    wire.fact(&PrivacyChanged { user: id(1), version: 3, private: true });
    wire.fact(&FollowRequested { follower: id(2), followee: id(1), version: 3 });
    wire.fact(&RequestAccepted { follower: id(2), followee: id(1), version: 4 });
    wire.fact(&BlockChanged {
        subject: id(1),
        object: id(2),
        version: 5,
        blocks: false,
        mutes: vec![Surface::Posts, Surface::Notifications],
        mutes_until: Some(Timestamp::from_microsecond(1_766_000_000_000_000)),
    });
    wire.fact(&Mentioned { user: id(1), mentioned: id(2), version: 4 });
    wire.fact(&TrustUpdated { user: id(1), version: 6, score: Some(94), completed: 52 });
    wire.ask(&RecomputeTrust {}, &TrustReport { sellers: 120, changed: 3 });
    let open = OpenProfile { user: id(1), username: Some("amina".into()), display_name: "Amina Juma".into() };
    wire.ask(&open, &Opened { username: "amina2".into() });
    let card = Card { id: id(1), username: "amina".into(), display_name: "Amina Juma".into(), avatar: None, badge: None };
    let related = Relationship {
        target: id(1),
        visible: true,
        content: true,
        following: true,
        followed_by: false,
        requested: false,
        requested_by: false,
        blocking: false,
        muting: Vec::new(),
        restricting: false,
    };
    wire.ask(&Relationships { viewer: None, targets: vec![id(1)] }, &vec![related.clone()]);
    wire.ask(&People { viewer: Some(id(2)), targets: vec![id(1)] }, &vec![Met { relationship: related, card: Some(card) }]);
}

/// What moderators look at and decide.
fn moderation(wire: &mut Wire) {
    wire.fact(&UserModerated { user: id(1), version: 1, withheld: true });
    wire.fact(&PostModerated { post: id(50), version: 1, withheld: true });
    wire.fact(&ProductModerated { product: id(11), version: 2, withheld: false });
    wire.fact(&ShopModerated { shop: id(10), version: 1, withheld: true });
    wire.fact(&CaseDecided {
        case: id(70),
        version: 3,
        user: id(1),
        party: CaseParty::Owner,
        thing: ThingKind::Post,
        outcome: Outcome::Withheld,
        reason: Some(ReportReason::Scam),
        appeal_until: Some(Timestamp::from_microsecond(1_766_000_000_000_000)),
    });
    wire.ask(&UserExhibit { user: id(1), withheld_too: true }, &Some(exhibit("Amina Juma", "Fabrics from Kariakoo.")));
    wire.fact(&VerificationDecided {
        petition: id(80),
        user: id(1),
        version: 2,
        badge: Badge::Business,
        outcome: PetitionOutcome::Rejected,
        reason: Some(PetitionReason::Mismatch),
        badges: vec![Badge::Person],
    });
    wire.fact(&TrustReviewed {
        petition: id(81),
        user: id(1),
        version: 3,
        outcome: PetitionOutcome::Approved,
        reason: None,
        struck: 2,
    });
}

fn payment(wire: &mut Wire) {
    let (order, amount) = ("ord_06epg0000000r00000000000m0".to_owned(), shillings(1_250_000));
    wire.fact(&PaymentSucceeded { payer: id(2), purpose: Purpose::TopUp, reference: "top_1".into(), amount });
    wire.fact(&PaymentFailed {
        payer: id(2),
        purpose: Purpose::Order,
        reference: order.clone(),
        amount,
        reason: "payment.insufficient_funds".into(),
    });
    wire.fact(&TopUpSettled { top_up: id(30), user: id(2), amount });
    wire.fact(&EscrowHeld { escrow: id(31), reference: order.clone(), payer: id(2), payee: id(1), amount });
    let (net, fee) = (shillings(1_187_500), shillings(62_500));
    wire.fact(&EscrowReleased { escrow: id(31), reference: order.clone(), payee: id(1), amount: net, fee });
    wire.fact(&RefundProcessed { escrow: id(31), reference: order.clone(), payer: id(2), amount });
    let hold = HoldEscrow {
        reference: order.clone(),
        payer: id(2),
        payee: id(1),
        amount,
        fee_base: amount,
        domain: "commerce".into(),
        title: "Kitenge dress".into(),
    };
    wire.ask(&hold, &Held { escrow: id(31), fee });
    wire.ask(&ReleaseEscrow { reference: order.clone() }, &Settled { amount: Some(net) });
    wire.ask(&RefundEscrow { reference: order }, &Settled { amount: None });
    let report = LedgerReport { accounts: 5, transactions: 3, postings: 8, escrows: 1, broken: vec!["a line".into()] };
    wire.ask(&VerifyLedger {}, &report);
}

fn commerce(wire: &mut Wire) {
    wire.fact(&OrderPlaced { head: head(), product: id(11), post: Some(id(50)), at: at() });
    wire.fact(&PaymentReceived { head: head() });
    wire.fact(&HandoverCodeMade { head: head(), code: "482913".into(), expires_at: at() });
    wire.fact(&OrderShipped { head: head(), carrier: "Bus".into(), tracking: Some("T 123 ABC".into()) });
    wire.fact(&OrderDelivered { head: head() });
    wire.fact(&OrderCompleted {
        head: head(),
        delivered_at: Some(Timestamp::from_microsecond(1_766_000_000_000_000)),
        late: true,
    });
    wire.fact(&ShopChanged {
        shop: head().shop,
        version: 2,
        owner: id(1),
        handle: "amina_fabrics".into(),
        name: "Amina Fabrics".into(),
    });
    wire.fact(&OrderCancelled {
        head: head(),
        by: Some(CancelledBy::Seller),
        at: Some(Timestamp::from_microsecond(1_766_000_000_000_000)),
    });
    let card = ProductCard {
        id: id(11),
        variant: id(12),
        name: "Kitenge dress".into(),
        price: shillings(1_250_000),
        available: 12,
        on_sale: true,
        seller: id(1),
        shop_handle: "amina_fabrics".into(),
        shop_name: "Amina Fabrics".into(),
        picture: None,
    };
    wire.ask(&ProductCards { products: vec![id(11)] }, &vec![card]);
    wire.ask(&ProductExhibit { product: id(11), withheld_too: false }, &Some(exhibit("Kitenge dress", "Cotton, all sizes")));
    wire.ask(&ShopExhibit { shop: id(10), withheld_too: true }, &None);
}

fn social(wire: &mut Wire) {
    wire.fact(&PostPublished { post: id(50), version: 1, author: id(1), product: Some(id(11)), at: at() });
    wire.ask(&PostExhibit { post: id(50), withheld_too: false }, &Some(exhibit("", "New dresses!")));
}

fn exhibit(title: &str, words: &str) -> Exhibit {
    Exhibit { owner: id(1), title: title.into(), words: words.into(), pictures: Vec::new() }
}

fn files(wire: &mut Wire) {
    let variant = Variant {
        name: PictureSize::Small,
        format: PictureFormat::Webp,
        width: 360,
        height: 480,
        key: format!("public/{}/small-0123456789abcdef0123456789abcdef.webp", id::<Media>(60)),
    };
    let picture = Picture {
        media: id(60),
        width: 3024,
        height: 4032,
        blurhash: "LEHV6nWB2yk8pyo0adR*.7kCMdnj".into(),
        colour: "#a0522d".into(),
        variants: vec![variant],
    };
    wire.fact(&MediaReady { media: id(60), version: 2, owner: id(1), picture: Some(picture.clone()) });
    wire.fact(&MediaFailed { media: id(60), version: 2, owner: id(1), reason: "files.polyglot".into() });
    wire.fact(&MediaDeleted { media: id(60), version: 3, owner: id(1) });
    wire.ask(
        &PicturesOf { owner: id(1), media: vec![id(60)] },
        &vec![Owned { media: id(60), version: 2, picture: Some(picture) }],
    );
}

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

#[test]
fn messages_on_the_wire_are_what_they_were() {
    let mut wire = Wire::default();
    for service in [auth, profile, moderation, files, payment, commerce, social] {
        service(&mut wire);
    }
    for (name, json) in &wire.0 {
        let text = format!("{}\n", serde_json::to_string_pretty(json).unwrap());
        let kept = fs::read_to_string(golden().join(format!("{name}.json"))).unwrap_or_default();
        assert_eq!(kept, text, "golden/{name}.json");
    }
    assert_eq!(wire.0.keys().map(|name| (*name).to_owned()).collect::<Vec<_>>(), named(), "every message has its example here");
}

/// The names the contracts give, read from their source: a message without a golden file can't slip in.
fn named() -> Vec<String> {
    let mut names = names_below(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src"));
    names.sort_unstable();
    names
}

fn names_below(folder: &Path) -> Vec<String> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let names = |path: PathBuf| {
        if path.is_dir() { names_below(&path) } else { names_in(&fs::read_to_string(path).unwrap()) }
    };
    paths.flat_map(names).collect()
}

fn names_in(text: &str) -> Vec<String> {
    let quoted = text.lines().filter_map(|line| line.split_once(" = \"")?.1.split_once('"').map(|(name, _)| name));
    quoted.filter(|name| name.contains(".v")).map(str::to_owned).collect()
}
