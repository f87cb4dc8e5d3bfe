//! The words around a picture of the data flow.

/// Above the columns: where from, data, for what, who gets them, where.
#[must_use]
pub fn heads() -> [String; 5] {
    ["Кайдан алынат", "Маалыматтар", "Эмне үчүн", "Ким алат", "Кайсы өлкөдө"].map(str::to_owned)
}

/// Where no country is named: any but home, and none stated.
#[must_use]
pub fn places() -> [String; 2] {
    ["Чет өлкө", "Өлкөсү көрсөтүлгөн эмес"].map(str::to_owned)
}

/// On the page: search, larger, smaller, all of it, close.
#[must_use]
pub fn page() -> [String; 5] {
    ["Издөө", "Чоңойтуу", "Кичирейтүү", "Баары", "Жабуу"].map(str::to_owned)
}
