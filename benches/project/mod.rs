//! Projects of any size, as teams write them: each service with its data, purposes, parties, statements, promises and
//! retention, and some things that all of them share.

use std::fmt::Write;

/// Over so many files a project is spread.
pub const FILES: usize = 50;

/// So many declarations and statements has one service.
const OF_SERVICE: usize = 50;

/// The files of a project with about so many declarations and statements, with their names.
pub fn sources(size: usize) -> Vec<(String, String)> {
    let mut files = vec![String::new(); FILES];
    if let Some(first) = files.first_mut() {
        first.push_str(COMMON);
    }
    for number in 0..size.div_ceil(OF_SERVICE) {
        if let Some(file) = files.get_mut(number % FILES) {
            service(file, number);
        }
    }
    let names = (0..FILES).map(|number| format!("part_{number:02}.kup"));
    names.zip(files).collect()
}

/// What every project has.
pub const COMMON: &str = r#"policy large "Чоң долбоордун купуялык саясаты" {
    version:   "1"
    approved:  2025-01-10
    effective: 2025-02-01
    law:       kg
}
controller company "«Чоң долбоор» ЖЧК" {
    alias:   "Компания"
    address: "Бишкек ш., Киев көчөсү, 1"
    email:   "info@example.kg"
}
subject user  "Колдонуучу"
subject child "бала" when age < 14
channel office "тейлөө борбору" is in_person
channel app_here "мобилдик тиркеме" is app
basis agreement "кызмат көрсөтүү келишими" is contract
basis consented "макулдук" is consent {
    given:    checkbox at app_here
    withdraw: tap at app_here
}
basis order "эсепке алуу жөнүндө мыйзам" is legal_duty cites "№ 87"
recipient auditors "аудиторлор" is third_party in KG
recipient advertisers "жарнама берүүчүлөр" is third_party in KG
purpose support "колдоо көрсөтүү"
purpose adverts "жарнама көрсөтүү" is marketing
fact closed "эсеп жабылган"
never share any with advertisers
never use any for adverts about child
share any only under agreement or consented or order
"#;

/// One service: 12 data, 6 purposes, 2 recipients, a basis, a fact, a source, a measure, a duty, and 25 sentences.
fn service(out: &mut String, n: usize) {
    let _ = write!(
        out,
        r#"
data profile_{n} "{n}-кызматтын профили" {{
    full_name "аты-жөнү" is person_name
    birth     "туулган күнү"
    document_{n} "документтин маалыматтары" {{
        series "сериясы"
        number "номери"
    }}
    phone_{n} "телефон номери"
    address "дареги"
}}
data activity_{n} "{n}-кызматтагы аракеттер" {{
    visits "кирүүлөр"
    orders_{n} "буйрутмалар"
    device_{n} "түзмөк"
}}
purpose service_{n} "{n}-кызматты көрсөтүү" {{
    delivery_{n} "жеткирүү"
    billing_{n} "эсептешүү"
    returns "кайтаруу"
}}
purpose improvement_{n} "{n}-кызматты жакшыртуу"
purpose audit_{n} "{n}-кызматты текшерүү"
recipient carrier_{n} "{n}-жеткирүүчү" is third_party in KG
recipient bank_{n} "{n}-банк" is third_party in KG
basis law_{n} "{n}-кызмат жөнүндө мыйзам" is legal_duty cites "№ {n}"
fact finished_{n} "{n}-кызмат аяктаган"
source register_{n} "{n}-реестр"
measure lock_{n} "{n}-кызматтын маалыматтарын шифрлөө" {{ protects: profile_{n} }}
duty secrecy_{n} "{n}-кызматтын сырсөзүн эч кимге бербөө" {{ of: user }}

processing work_{n} "{n}-кызмат" {{
    about: user
    under: agreement

    collect profile_{n} from user for service_{n}, audit_{n}
    collect activity_{n} from user for service_{n}, improvement_{n}
    collect document_{n} from register_{n} for billing_{n} under law_{n}
    use profile_{n} for service_{n}
    use activity_{n}.visits for service_{n}
    use activity_{n} for improvement_{n} under consented
    use orders_{n} for billing_{n} under agreement or law_{n}
    profile orders_{n} for improvement_{n} under consented when finished_{n}
    share phone_{n}, profile_{n}.address with carrier_{n} for delivery_{n}
    share orders_{n} with carrier_{n} for delivery_{n}
    share profile_{n}.full_name, orders_{n} with bank_{n} for billing_{n}
    share document_{n} with auditors for audit_{n} under law_{n}
    store activity_{n}
    keep profile_{n} for 3 years after finished_{n} then erase
    keep activity_{n} until finished_{n} at most 2 years then anonymise
}}
processing audit_work_{n} "{n}-кызматты текшерүү" {{
    about: user
    under: law_{n}
    use document_{n}, orders_{n} for audit_{n}
    keep document_{n}, orders_{n} for 5 years then erase
}}
never share document_{n} with carrier_{n}
never publish profile_{n}
never profile profile_{n} about child
never share activity_{n} with bank_{n} for improvement_{n}
use device_{n} only for service_{n} or for improvement_{n} under consented
share phone_{n} only with carrier_{n}
collect document_{n} only under agreement or law_{n}
keep device_{n} only at most 5 years
"#
    );
}
