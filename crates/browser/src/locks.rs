//! Web Locks: one at a time among all tabs and the service worker of this origin.
//! <https://developer.mozilla.org/docs/Web/API/Web_Locks_API>: not yet stable in web-sys.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// What the courier holds that works.
pub const COURIER: &str = "xst courier";

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        work: &Closure<dyn FnMut(JsValue) -> Promise>,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = request)]
    fn request_with_options(
        this: &LockManager,
        name: &str,
        options: &Object,
        work: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// Does `work` while nobody else in this browser holds the lock called `name`; waits for it first.
/// A browser without locks (Safari before 15.4), or one that refuses them, just does it: what
/// locks guard here is harmless when done twice, and only wasteful.
pub async fn alone(name: &str, work: impl Future<Output = ()> + 'static) {
    let work = Rc::new(RefCell::new(Some(work)));
    if let Some(locks) = locks() {
        let held = {
            let work = Rc::clone(&work);
            Closure::new(move |_lock: JsValue| {
                let work = work.take();
                future_to_promise(async move {
                    if let Some(work) = work {
                        work.await;
                    }
                    Ok(JsValue::UNDEFINED)
                })
            })
        };
        if let Ok(done) = locks.request(name, &held) {
            // A refusal is seen below: the work is still there.
            let _ = JsFuture::from(done).await;
        }
    }
    let undone = work.take();
    if let Some(work) = undone {
        work.await;
    }
}

/// A lock that somebody here holds, until this is dropped or the tab ends.
pub struct Hold(Function);

impl Drop for Hold {
    fn drop(&mut self) {
        // Resolving a promise throws nothing.
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// Takes the lock called `name`. None where somebody in this browser has it, or where the browser has
/// no locks or refuses them.
pub async fn hold(name: &str) -> Option<Hold> {
    let locks = locks()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok()?;
    let (mut give, mut release) = (None, None);
    let given = Promise::new(&mut |resolve, _| give = Some(resolve));
    let released = Promise::new(&mut |resolve, _| release = Some(resolve));
    let (give, hold) = (give?, Hold(release?));
    let work = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        let _ = give.call1(&JsValue::NULL, &lock);
        released.into()
    });
    let done = locks.request_with_options(name, &options, &work).ok()?;
    // Of a lock that is not given, the end comes at once.
    let first = JsFuture::from(Promise::race(&Array::of2(&given, &done))).await;
    first.is_ok_and(|lock| lock.is_truthy()).then_some(hold)
}

fn locks() -> Option<LockManager> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    (!locks.is_undefined()).then(|| locks.unchecked_into())
}
