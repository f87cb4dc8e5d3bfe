//! The words around a picture of the data flow.

/// Above the columns: where from, data, for what, who gets them, where.
#[must_use]
pub fn heads() -> [String; 5] {
    ["Кайдан алынат", "Маалыматтар", "Эмне үчүн", "Ким алат", "Кайсы өлкөдө"].map(str::to_owned)
}

/// On the page: search, larger, smaller, all of it.
#[must_use]
pub fn page() -> [String; 4] {
    ["Издөө", "Чоңойтуу", "Кичирейтүү", "Баары"].map(str::to_owned)
}
