//! The engine's own Unicode tables, so that none are shipped.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Text;

    #[wasm_bindgen(method, catch)]
    fn normalize(this: &Text, form: &str) -> Result<Text, JsValue>;

    #[wasm_bindgen(method, catch, js_name = toUpperCase)]
    fn to_upper_case(this: &Text) -> Result<Text, JsValue>;

    #[wasm_bindgen(method, catch, js_name = toLowerCase)]
    fn to_lower_case(this: &Text) -> Result<Text, JsValue>;
}

/// The [`crate::Fold`] of the browser; where a page has broken its strings' methods, nothing is folded.
pub fn fold(text: &str) -> String {
    let folded = || {
        let text: Text = JsValue::from_str(text).unchecked_into();
        text.normalize("NFKC")?.to_upper_case()?.to_lower_case()?.normalize("NFKC")
    };
    folded().ok().and_then(|text| text.as_string()).unwrap_or_else(|| text.into())
}
