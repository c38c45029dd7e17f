//! Passkeys as a way in: WebAuthn with its PRF extension, which gives 32 bytes that only this passkey can give for this input.
//! What a browser says it can is not believed; what it gives is tried.

use js_sys::{Array, JsString, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{
    protocol::{PasskeyQuestion, Trouble, Way, Why},
    screens::dom,
};

/// How long a keeper has for it, in milliseconds.
const PATIENCE: f64 = 120_000.0;

/// Whether this browser has passkeys at all. Whether they can open a journal is known only when one is asked.
pub fn are_here() -> bool {
    let window = dom::window();
    let credentials = dom::get(&window.navigator(), "credentials");
    dom::get(&window, "PublicKeyCredential").is_function()
        && credentials.is_object()
        && dom::get(&window, "isSecureContext").is_truthy()
}

/// What a passkey gave.
pub struct Given {
    /// Its credential id.
    pub credential: Uint8Array,
    /// 32 bytes.
    pub output: Uint8Array,
}

/// Asks one of these passkeys.
///
/// # Errors
/// `Cancelled` if the keeper or the browser gave up; `Passkey` if nothing usable came.
pub async fn ask(ways: &[Way]) -> Result<(String, Given), Trouble> {
    let (allowed, inputs) = (Array::new(), Object::new());
    let passkeys: Vec<_> = ways.iter().filter_map(|way| Some((way, way.passkey.as_ref()?))).collect();
    for (_, passkey) in &passkeys {
        let id = Uint8Array::from(passkey.credential.as_slice());
        let eval = object(&[("first", Uint8Array::from(passkey.input.as_slice()).into())]);
        set(&inputs, &name_of(&passkey.credential).ok_or_else(unusable)?, &eval);
        allowed.push(&object(&[("type", "public-key".into()), ("id", id.into())]));
    }
    let mut challenge = [0; 32];
    getrandom::fill(&mut challenge)
        .map_err(|_| Trouble::new(Why::Randomness, "this browser gives no randomness"))?;
    let given = get(&challenge, &allowed, &object(&[("evalByCredential", inputs.into())])).await?;
    let credential = given.credential.to_vec();
    let way =
        passkeys.iter().find(|(_, passkey)| passkey.credential == credential).map(|(way, _)| way.id.clone());
    Ok((way.ok_or_else(unusable)?, given))
}

/// Makes a passkey and asks it, because only an answer proves that it can open anything.
///
/// # Errors
/// `Cancelled` if the keeper or the browser gave up; `Passkey` if nothing usable came, or two different things.
pub async fn make(question: &PasskeyQuestion) -> Result<Given, Trouble> {
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let eval = object(&[("eval", object(&[("first", bytes(&question.input))]).into())]);
    let kind = |number: i32| JsValue::from(object(&[("type", "public-key".into()), ("alg", number.into())]));
    let options = object(&[
        ("challenge", bytes(&question.challenge)),
        ("rp", object(&[("name", site_name().into())]).into()),
        // What the device's list of passkeys shows to whoever opens it.
        (
            "user",
            object(&[
                ("id", bytes(&question.user)),
                ("name", "Notes".into()),
                ("displayName", "Notes".into()),
            ])
            .into(),
        ),
        // Ed25519, ES256, RS256.
        ("pubKeyCredParams", Array::of3(&kind(-8), &kind(-7), &kind(-257)).into()),
        (
            "authenticatorSelection",
            object(&[("residentKey", "preferred".into()), ("userVerification", "required".into())]).into(),
        ),
        ("attestation", "none".into()),
        ("timeout", PATIENCE.into()),
        ("extensions", object(&[("prf", eval.clone().into())]).into()),
    ]);
    let made = credential("create", &options).await?;
    let at_first = output(&made);
    let id = Uint8Array::new(&dom::get(&made, "rawId"));
    let allowed = Array::of1(&object(&[("type", "public-key".into()), ("id", id.into())]));
    let given = get(&question.challenge, &allowed, &eval).await?;
    match at_first {
        Some(first) if first.to_vec() != given.output.to_vec() => Err(unusable()),
        _ => Ok(given),
    }
}

async fn get(challenge: &[u8], allowed: &Array, prf: &Object) -> Result<Given, Trouble> {
    let options = object(&[
        ("challenge", Uint8Array::from(challenge).into()),
        ("allowCredentials", allowed.into()),
        ("userVerification", "required".into()),
        ("timeout", PATIENCE.into()),
        ("extensions", object(&[("prf", prf.into())]).into()),
    ]);
    let got = credential("get", &options).await?;
    let credential = Uint8Array::new(&dom::get(&got, "rawId"));
    Ok(Given { credential, output: output(&got).ok_or_else(unusable)? })
}

async fn credential(method: &str, options: &Object) -> Result<JsValue, Trouble> {
    let credentials = dom::get(&dom::window().navigator(), "credentials");
    let asked = dom::call(&credentials, method, &[object(&[("publicKey", options.into())]).into()]);
    let asked: Promise = asked.and_then(|asked| asked.dyn_into().ok()).ok_or_else(unusable)?;
    match JsFuture::from(asked).await {
        Ok(credential) if credential.is_object() => Ok(credential),
        Err(error)
            if dom::get(&error, "name")
                .as_string()
                .is_some_and(|name| name == "NotAllowedError" || name == "AbortError") =>
        {
            Err(Trouble::new(Why::Cancelled, "the passkey was not used"))
        }
        _ => Err(unusable()),
    }
}

/// The PRF output, if there is one.
fn output(credential: &JsValue) -> Option<Uint8Array> {
    let results = dom::call(credential, "getClientExtensionResults", &[])?;
    let first = dom::get(&dom::get(&dom::get(&results, "prf"), "results"), "first");
    let bytes = if first.is_instance_of::<Uint8Array>() {
        first.unchecked_into()
    } else {
        first.is_object().then(|| Uint8Array::new(&first))?
    };
    (bytes.length() == 32).then_some(bytes)
}

fn unusable() -> Trouble {
    Trouble::new(Why::Passkey, "the passkey gave no usable secret")
}

fn site_name() -> String {
    dom::document().location().and_then(|location| location.hostname().ok()).unwrap_or_default()
}

/// An object of names and values.
fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    fields.iter().for_each(|(name, value)| set(&object, name, value));
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // A plain object takes any field.
    Reflect::set(object, &JsString::from(name), value).ok();
}

/// A credential's id as browsers name it.
fn name_of(credential: &[u8]) -> Option<String> {
    url_safe(dom::base64(credential)?.as_string()?)
}

/// Base64 in the alphabet of addresses, without its padding.
fn url_safe(base64: String) -> Option<String> {
    let mut digits = base64.into_bytes();
    digits.retain(|digit| *digit != b'=');
    for digit in &mut digits {
        match digit {
            b'+' => *digit = b'-',
            b'/' => *digit = b'_',
            _ => {}
        }
    }
    String::from_utf8(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::url_safe;

    #[test]
    fn credentials_are_named_as_browsers_name_them() {
        let name = |base64: &str| url_safe(base64.to_owned()).expect("digits are text");
        assert_eq!(name(""), "");
        assert_eq!(name("Zg=="), "Zg");
        assert_eq!(name("Zm8="), "Zm8");
        assert_eq!(name("Zm9vYmFy"), "Zm9vYmFy");
        assert_eq!(name("+/8="), "-_8");
    }
}
