//! A service that asks a bundle.

use std::error::Error;

use kupuya_runtime::{Bundle, Engine, PublicKey, Versions};

/// Takes only what the key has signed. `Engine::exchange` puts newer versions in its place while requests are answered.
pub fn engine(bundle: &[u8], key: &str) -> Result<Engine, Box<dyn Error>> {
    let bundle = Bundle::load_signed(bundle, &[PublicKey::from_pem(key)?])?;
    Ok(Engine::new(Versions::new(vec![bundle])?))
}

/// One request, one answer, both JSON: the verdict, the clauses that it rests on, what is missing, what must be done.
pub fn answer(engine: &Engine, request: &str) -> Result<(bool, String), Box<dyn Error>> {
    let mut json = Vec::new();
    let allowed = engine.current().answer_json(request.as_bytes(), &mut json)?;
    Ok((allowed, String::from_utf8(json)?))
}
