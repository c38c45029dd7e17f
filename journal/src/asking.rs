//! The page's end of the line to the worker: asks, waits for the answer, passes on what happens, and notices when the worker
//! has died.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, Worker};

use crate::{
    protocol::{Ask, Command, Event, Trouble, Why},
    wire::{Letter, What},
};

/// The line to one worker. Clones share it.
#[derive(Clone)]
pub struct Line(Rc<Inner>);

struct Inner {
    worker: Worker,
    next: Cell<u32>,
    waiting: RefCell<order::Map<u32, Waiting>>,
    dead: Cell<bool>,
    listeners: RefCell<Vec<Heard>>,
}

/// Called with each event of a worker.
type Heard = Closure<dyn FnMut(JsValue)>;

enum Waiting {
    Not(Option<Waker>),
    Come(Result<Letter, Trouble>),
}

impl Line {
    /// Listens to a worker. Commands are counted from `first` on: who else asks the same worker counts others. `happened` is called with each event, and with [`Event::Trouble`] of `Why::Worker` if it dies: then
    /// everything asked fails, and a new worker can be started without loss of what was acknowledged.
    pub fn new(worker: Worker, first: u32, happened: impl Fn(Event) + 'static) -> Self {
        let waiting = RefCell::default();
        let (dead, listeners) = (Cell::new(false), RefCell::default());
        let line = Self(Rc::new(Inner { worker, next: Cell::new(first), waiting, dead, listeners }));
        let happened = Rc::new(happened);
        line.listen("message", {
            let happened = Rc::clone(&happened);
            move |line, event| match Letter::from_message(&event.unchecked_into::<MessageEvent>().data()) {
                Ok(letter) if letter.what == What::Event => {
                    if let Ok(event) = letter.read() {
                        happened(event);
                    }
                }
                Ok(letter) => line.come(letter.ask, Ok(letter)),
                // A worker that could not start, or of another build: nothing else will come of it.
                Err(trouble) => {
                    line.die();
                    happened(Event::Trouble(trouble));
                }
            }
        });
        for name in ["error", "messageerror"] {
            let happened = Rc::clone(&happened);
            line.listen(name, move |line, event| {
                // It is told to the keeper and not to the console.
                event.unchecked_into::<web_sys::Event>().prevent_default();
                line.die();
                happened(Event::Trouble(died()));
            });
        }
        line
    }

    fn listen(&self, name: &str, mut heard: impl FnMut(Self, JsValue) + 'static) {
        let line = Rc::downgrade(&self.0);
        let closure = Heard::new(move |event| {
            if let Some(inner) = line.upgrade() {
                heard(Self(inner), event);
            }
        });
        // A worker takes any listener; what fails here fails at the first command too.
        self.0.worker.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).ok();
        self.0.listeners.borrow_mut().push(closure);
    }

    /// Asks, with nothing beside.
    ///
    /// # Errors
    /// What the worker says, or `Worker` if it has died.
    pub fn ask<C: Command>(&self, command: C) -> impl Future<Output = Result<C::Answer, Trouble>> + use<C> {
        let letter = self.answered(command.into(), Vec::new());
        async { letter.await?.read() }
    }

    /// Asks, and hands on what is answered: where nothing else is waited for, this is less code for each command than a future.
    pub fn then<C: Command>(&self, command: C, then: impl FnOnce(Result<C::Answer, Trouble>) + 'static) {
        self.answers(command.into(), Box::new(move |letter| then(letter.and_then(|letter| letter.read()))));
    }

    fn answers(&self, command: Ask, then: Box<dyn FnOnce(Result<Letter, Trouble>)>) {
        let letter = self.answered(command, Vec::new());
        spawn_local(async move { then(letter.await) });
    }

    /// Asks, with bytes or a file beside. `Uint8Array`s are handed over: they are empty afterwards. Gives the answer and what
    /// lies beside it. Dropping the future cancels the command where it can be cancelled.
    ///
    /// # Errors
    /// What the worker says, or `Worker` if it has died.
    pub fn ask_with<C: Command>(
        &self,
        command: C,
        beside: Vec<JsValue>,
    ) -> impl Future<Output = Result<(C::Answer, Vec<JsValue>), Trouble>> + use<C> {
        let letter = self.answered(command.into(), beside);
        async {
            let letter = letter.await?;
            Ok((letter.read()?, letter.beside))
        }
    }

    /// The letter that answers a command: one piece of code for all commands.
    fn answered(
        &self,
        command: Ask,
        beside: Vec<JsValue>,
    ) -> Pin<Box<dyn Future<Output = Result<Letter, Trouble>>>> {
        let line = self.clone();
        Box::pin(async move {
            if line.0.dead.get() {
                return Err(died());
            }
            let ask = line.0.next.get();
            line.0.next.set(ask + 1);
            line.send(Letter::new(What::Ask, ask, &command).with(beside))?;
            drop(command);
            line.0.waiting.borrow_mut().insert(ask, Waiting::Not(None));
            let letter = Answer { line, ask }.await?;
            match letter.what {
                What::Trouble => Err(letter.read()?),
                _ => Ok(letter),
            }
        })
    }

    /// The worker at the other end.
    pub fn worker(&self) -> Worker {
        self.0.worker.clone()
    }

    /// Ends the worker: all that it knew is gone.
    pub fn end(&self) {
        self.0.worker.terminate();
        self.die();
    }

    /// Listens no longer to a worker that whoever started it has ended.
    pub fn let_go(&self) {
        self.die();
    }

    fn send(&self, letter: Letter) -> Result<(), Trouble> {
        let (message, handed) = letter.into_message();
        self.0.worker.post_message_with_transfer(&message, &handed).map_err(|_| died())
    }

    fn come(&self, ask: u32, letter: Result<Letter, Trouble>) {
        let mut waiting = self.0.waiting.borrow_mut();
        if let Some(place) = waiting.get_mut(&ask)
            && let Waiting::Not(Some(waker)) = std::mem::replace(place, Waiting::Come(letter))
        {
            drop(waiting);
            waker.wake();
        }
    }

    fn die(&self) {
        self.0.dead.set(true);
        let asked: Vec<u32> = self.0.waiting.borrow().keys().copied().collect();
        asked.into_iter().for_each(|ask| self.come(ask, Err(died())));
    }
}

fn died() -> Trouble {
    Trouble::new(Why::Worker, "the part of this page that holds the journal has stopped")
}

struct Answer {
    line: Line,
    ask: u32,
}

impl Future for Answer {
    type Output = Result<Letter, Trouble>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut waiting = self.line.0.waiting.borrow_mut();
        match waiting.remove(&self.ask) {
            Some(Waiting::Come(letter)) => Poll::Ready(letter),
            Some(Waiting::Not(_)) => {
                waiting.insert(self.ask, Waiting::Not(Some(context.waker().clone())));
                Poll::Pending
            }
            None => Poll::Ready(Err(died())),
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        let unanswered = self.line.0.waiting.borrow_mut().remove(&self.ask).is_some();
        if unanswered && !self.line.0.dead.get() {
            // If it cannot be sent, the worker is gone and nothing goes on either.
            self.line.send(Letter::new(What::Cancel, self.ask, &())).ok();
        }
    }
}
