//! `Currency`: the active codes of ISO 4217, with the number of decimals each of them has.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueRef},
};

macro_rules! currencies {
    ($($code:ident $exponent:literal),* $(,)?) => {
        /// A currency of ISO 4217 that is in use and divides into minor units.
        ///
        /// ```
        /// # use kernel::Currency;
        /// assert_eq!("TZS".parse(), Ok(Currency::TZS));
        /// assert_eq!((Currency::TZS.code(), Currency::TZS.exponent()), ("TZS", 2));
        /// assert_eq!(Currency::parse("tzs"), None);
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Currency { $($code),* }

        impl Currency {
            /// Every currency, in the order of the codes. (`ALL` is the Albanian lek.)
            pub const ACTIVE: &'static [Currency] = &[$(Currency::$code),*];

            /// The three capital letters.
            pub const fn code(self) -> &'static str {
                match self { $(Currency::$code => stringify!($code)),* }
            }

            /// Decimals: one unit is 10 to this power minor units.
            pub const fn exponent(self) -> u8 {
                match self { $(Currency::$code => $exponent),* }
            }
        }
    };
}

// ISO 4217 table A.1 as of January 2026 (<https://www.six-group.com/en/products-services/financial-information/data-standards.html>),
// fund codes included. Metals, SDR, test codes and "no currency" are left out: they have no minor unit.
currencies! {
    AED 2, AFN 2, ALL 2, AMD 2, AOA 2, ARS 2, AUD 2, AWG 2, AZN 2, BAM 2, BBD 2, BDT 2, BHD 3, BIF 0, BMD 2, BND 2, BOB 2,
    BOV 2, BRL 2, BSD 2, BTN 2, BWP 2, BYN 2, BZD 2, CAD 2, CDF 2, CHE 2, CHF 2, CHW 2, CLF 4, CLP 0, CNY 2, COP 2, COU 2,
    CRC 2, CUP 2, CVE 2, CZK 2, DJF 0, DKK 2, DOP 2, DZD 2, EGP 2, ERN 2, ETB 2, EUR 2, FJD 2, FKP 2, GBP 2, GEL 2, GHS 2,
    GIP 2, GMD 2, GNF 0, GTQ 2, GYD 2, HKD 2, HNL 2, HTG 2, HUF 2, IDR 2, ILS 2, INR 2, IQD 3, IRR 2, ISK 0, JMD 2, JOD 3,
    JPY 0, KES 2, KGS 2, KHR 2, KMF 0, KPW 2, KRW 0, KWD 3, KYD 2, KZT 2, LAK 2, LBP 2, LKR 2, LRD 2, LSL 2, LYD 3, MAD 2,
    MDL 2, MGA 2, MKD 2, MMK 2, MNT 2, MOP 2, MRU 2, MUR 2, MVR 2, MWK 2, MXN 2, MXV 2, MYR 2, MZN 2, NAD 2, NGN 2, NIO 2,
    NOK 2, NPR 2, NZD 2, OMR 3, PAB 2, PEN 2, PGK 2, PHP 2, PKR 2, PLN 2, PYG 0, QAR 2, RON 2, RSD 2, RUB 2, RWF 0, SAR 2,
    SBD 2, SCR 2, SDG 2, SEK 2, SGD 2, SHP 2, SLE 2, SOS 2, SRD 2, SSP 2, STN 2, SVC 2, SYP 2, SZL 2, THB 2, TJS 2, TMT 2,
    TND 3, TOP 2, TRY 2, TTD 2, TWD 2, TZS 2, UAH 2, UGX 0, USD 2, USN 2, UYI 0, UYU 2, UYW 4, UZS 2, VED 2, VES 2, VND 0,
    VUV 0, WST 2, XAF 0, XCD 2, XCG 2, XOF 0, XPF 0, YER 2, ZAR 2, ZMW 2, ZWG 2,
}

/// The text isn't the code of an active currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCurrency;

impl Currency {
    /// Reads a code of three capital letters.
    pub fn parse(code: &str) -> Option<Self> {
        let place = Self::ACTIVE.binary_search_by_key(&code, |currency| currency.code()).ok()?;
        Self::ACTIVE.get(place).copied()
    }
}

impl FromStr for Currency {
    type Err = BadCurrency;

    fn from_str(code: &str) -> Result<Self, BadCurrency> {
        Self::parse(code).ok_or(BadCurrency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Display for BadCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected the code of an active ISO 4217 currency, such as TZS")
    }
}
impl std::error::Error for BadCurrency {}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

// Kept as TEXT.
impl Type<Postgres> for Currency {
    fn type_info() -> PgTypeInfo {
        <str as Type<Postgres>>::type_info()
    }
    fn compatible(ty: &PgTypeInfo) -> bool {
        <str as Type<Postgres>>::compatible(ty)
    }
}
impl PgHasArrayType for Currency {
    fn array_type_info() -> PgTypeInfo {
        <&str as PgHasArrayType>::array_type_info()
    }
    fn array_compatible(ty: &PgTypeInfo) -> bool {
        <&str as PgHasArrayType>::array_compatible(ty)
    }
}
impl Encode<'_, Postgres> for Currency {
    fn encode_by_ref(&self, to: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <&str as Encode<Postgres>>::encode_by_ref(&self.code(), to)
    }
}
impl Decode<'_, Postgres> for Currency {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        Ok(<&str as Decode<Postgres>>::decode(value)?.parse::<Self>()?)
    }
}

impl utoipa::PartialSchema for Currency {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("Code of an active ISO 4217 currency."))
            .enum_values(Some(Self::ACTIVE.iter().map(|currency| currency.code())))
            .examples(["TZS"])
            .into()
    }
}
impl utoipa::ToSchema for Currency {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sqlx::TypeInfo as _;

    #[test]
    fn x1_every_currency_survives_its_code_and_the_table_is_in_order() {
        assert!(Currency::ACTIVE.is_sorted_by(|a, b| a.code() < b.code()));
        for currency in Currency::ACTIVE {
            assert_eq!(currency.code().parse(), Ok(*currency));
            let json = serde_json::to_string(currency).unwrap();
            assert_eq!(serde_json::from_str::<Currency>(&json).unwrap(), *currency);
        }
    }

    #[test]
    fn x1_decimals_are_those_of_iso_4217() {
        for (currency, decimals) in [
            (Currency::TZS, 2),
            (Currency::KES, 2),
            (Currency::UGX, 0),
            (Currency::RWF, 0),
            (Currency::USD, 2),
            (Currency::EUR, 2),
            (Currency::JPY, 0),
            (Currency::KWD, 3),
            (Currency::CLF, 4),
        ] {
            assert_eq!(currency.exponent(), decimals, "{currency}");
        }
    }

    #[test]
    fn x1_retired_codes_and_codes_without_minor_units_are_refused() {
        for code in ["HRK", "BGN", "SLL", "ZWL", "CUC", "XAU", "XDR", "XTS", "XXX", "tzs", "TZ", "TZSX", " TZS", ""] {
            assert_eq!(code.parse::<Currency>(), Err(BadCurrency), "{code:?}");
        }
        assert!(serde_json::from_str::<Currency>("834").is_err(), "numeric codes aren't ours");
    }

    #[test]
    fn the_database_keeps_it_as_text() {
        assert_eq!(<Currency as Type<Postgres>>::type_info().name(), "TEXT");
        assert!(Currency::compatible(&PgTypeInfo::with_name("VARCHAR")) && !Currency::compatible(&PgTypeInfo::with_name("INT8")));
        assert_eq!(Currency::array_type_info().name(), "TEXT[]");
        let (texts, numbers) = (<&str>::array_type_info(), <i64>::array_type_info());
        assert!(Currency::array_compatible(&texts) && !Currency::array_compatible(&numbers));
        let mut bytes = PgArgumentBuffer::default();
        assert!(matches!(Currency::TZS.encode_by_ref(&mut bytes), Ok(IsNull::No)));
        assert_eq!(&bytes[..], b"TZS");
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_itself_or_refused(text in "[A-Za-z]{0,4}|\\PC{0,8}") {
            if let Some(currency) = Currency::parse(&text) {
                prop_assert_eq!(currency.code(), text);
            }
        }
    }
}
