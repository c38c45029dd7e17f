//! The safety plan while the journal is locked. If the keeper wants it, a copy lies sealed under a device key: an AES-GCM key
//! that the browser keeps and never gives out. It protects from whoever has a backup or copies the store's files without
//! the browser's own key store; it does not protect from whoever holds the unlocked device.

use std::rc::Rc;

use journal::{
    SafetyPlan,
    json::{self, Json},
};
use js_sys::{ArrayBuffer, Uint8Array};
use rand_core::Rng;
use wasm_bindgen::{JsCast, JsValue};

use super::{
    Worker,
    browser::{Random, call_later, object, part},
    store::{Batch, Disk, Store, Table},
};
use crate::protocol::{Event, Trouble, Why};

const DEVICE_KEY: &[u8] = b"key";
const SEALED_PLAN: &[u8] = b"plan";
const NONCE: usize = 12;

impl Worker {
    /// Puts the plan that stands where it can be read while locked, or takes it away from there, as the plan says itself. It is
    /// saved by then: where this cannot be done it is told, and what was asked is done all the same.
    pub async fn put_plan_where_it_belongs(self: &Rc<Self>) {
        if let Err(trouble) = self.put_plan().await {
            self.happened(&Event::Trouble(Trouble::new(Why::PlanCopy, trouble.words.clone())));
        }
    }

    async fn put_plan(self: &Rc<Self>) -> Result<(), Trouble> {
        let (store, plan) = self.room.with(|open| Ok((Rc::clone(&open.store), open.shelf.plan())))?;
        let Store::Disk(disk) = store.as_ref() else { return Ok(()) };
        let mut batch = Batch::default();
        match plan {
            Some((_, _, plan)) if plan.while_locked => {
                let plain = json::write(&plan.to_value());
                let key = device_key(disk).await;
                self.refused(&key);
                let sealed = seal(&key?, plain.as_bytes()).await?;
                batch.put(Table::Device, SEALED_PLAN.to_vec(), sealed);
            }
            _ => {
                batch.delete(Table::Device, SEALED_PLAN.to_vec());
                batch.delete(Table::Device, DEVICE_KEY.to_vec());
            }
        }
        self.commit(&store, batch).await
    }
}

/// The plan that is readable while locked, if there is one. What cannot be read is no plan: the crisis lines stand beside it
/// in any case.
pub async fn while_locked(disk: &Disk) -> Option<SafetyPlan> {
    let sealed =
        disk.get_value(Table::Device, SEALED_PLAN).await.ok()?.dyn_into::<Uint8Array>().ok()?.to_vec();
    let key = disk.get_value(Table::Device, DEVICE_KEY).await.ok().filter(JsValue::is_object)?;
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let algorithm = algorithm(nonce);
    let plain =
        call_later(&subtle()?, "decrypt", &[&algorithm, &key, &Uint8Array::from(sealed)]).await.ok()?;
    let plain = Uint8Array::new(plain.dyn_ref::<ArrayBuffer>()?).to_vec();
    json::read(&plain).ok().and_then(SafetyPlan::from_value)
}

/// The device key, made where there is none.
async fn device_key(disk: &Disk) -> Result<JsValue, Trouble> {
    let kept = disk.get_value(Table::Device, DEVICE_KEY).await?;
    if kept.is_object() {
        return Ok(kept);
    }
    let algorithm = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let uses = js_sys::Array::of2(&"encrypt".into(), &"decrypt".into());
    let subtle = subtle().ok_or_else(unreadable)?;
    let key = call_later(&subtle, "generateKey", &[&algorithm, &JsValue::FALSE, &uses]).await;
    let key = key.map_err(|_| unreadable())?;
    disk.put_value(Table::Device, DEVICE_KEY, &key).await?;
    Ok(key)
}

async fn seal(key: &JsValue, plain: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut nonce = [0; NONCE];
    Random.fill_bytes(&mut nonce);
    let subtle = subtle().ok_or_else(unreadable)?;
    let sealed = call_later(&subtle, "encrypt", &[&algorithm(&nonce), key, &Uint8Array::from(plain)]).await;
    let sealed =
        sealed.ok().and_then(|sealed| sealed.dyn_into::<ArrayBuffer>().ok()).ok_or_else(unreadable)?;
    let mut out = nonce.to_vec();
    out.extend(Uint8Array::new(&sealed).to_vec());
    Ok(out)
}

fn algorithm(nonce: &[u8]) -> JsValue {
    object(&[("name", "AES-GCM".into()), ("iv", Uint8Array::from(nonce).into())]).into()
}

fn subtle() -> Option<JsValue> {
    part(&part(&js_sys::global(), "crypto")?, "subtle")
}

fn unreadable() -> Trouble {
    Trouble::new(Why::Store, "this browser cannot keep the safety plan readable while locked")
}
