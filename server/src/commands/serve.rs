//! `doorway serve`: settings, library, router, socket, and the way down.

use std::{error::Error, io::IsTerminal as _, process::ExitCode, sync::Arc, time::Duration};

use clap::ArgMatches;
use tokio::net::TcpListener;
use tracing_subscriber::{filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use super::say;
use crate::{
    config::{Config, Loaded, LogFormat},
    library::{Outcome, Shelf, StartError, summary, watch::Watch},
    web::{self, AppState, Metrics, Site, listen},
};

/// With one worker, a slow page would hold up all others.
const FEWEST_WORKERS: usize = 4;

pub fn run(flags: &ArgMatches) -> Result<ExitCode, Box<dyn Error>> {
    let loaded = Loaded::new(flags, std::env::vars(), &std::env::current_dir()?)?;
    if flags.get_flag("print-config") {
        say(loaded.print().trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    let config = loaded.config;
    start_log(config.log_format);
    let workers =
        std::thread::available_parallelism().map_or(FEWEST_WORKERS, |cores| cores.get().max(FEWEST_WORKERS));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build()?;
    let grace = config.shutdown_grace;
    let done = runtime.block_on(serve(config));
    runtime.shutdown_timeout(grace.min(Duration::from_secs(1)));
    done
}

async fn serve(mut config: Config) -> Result<ExitCode, Box<dyn Error>> {
    let site = Site::open(&config.site(), config.dev)?;
    let opened = Shelf::open(&config.content, config.lenient, Arc::new(jiff::Timestamp::now));
    let (shelf, diagnostics) = match opened {
        Ok(opened) => opened,
        Err(StartError::Broken(diagnostics)) => {
            for diagnostic in &diagnostics {
                super::complain(&format!("\n{}", diagnostic.render()));
            }
            let hint = "Mend the files, or serve what is sound with --lenient.";
            return Err(format!("{}. {hint}", StartError::Broken(diagnostics)).into());
        }
        Err(error) => return Err(error.into()),
    };
    report_all(&diagnostics);

    let listener = TcpListener::bind(config.address.host_and_port())
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", config.address.as_seen_from_here()))?;
    config.address = config.address.at_port(listener.local_addr()?.port());
    let (seen_at, grace) = (config.address.as_seen_from_here(), config.shutdown_grace);

    let shelf = Arc::new(shelf);
    let state = AppState::new(config, shelf.clone(), site);
    let metrics = state.metrics.clone();
    let _watch = Watch::start(shelf.clone(), move |outcome| report(outcome, &metrics))?;
    tokio::spawn(tidy(state.clone()));

    let articles = match shelf.current().library.articles().len() {
        1 => "1 article".to_owned(),
        many => format!("{many} articles"),
    };
    say(&format!("Doorway: {articles} at http://{seen_at}"));
    let stopping = state.stopping.clone();
    let asked = async move {
        asked_to_stop().await;
        tracing::info!("stopping: requests under way are finished first");
        stopping.send_replace(true);
    };
    listen::serve(listener, web::router(state), asked, grace).await;
    Ok(ExitCode::SUCCESS)
}

/// The log goes to standard error. Only our own events and others' warnings: the libraries below us would
/// write paths at finer levels, so there is no setting for finer levels.
fn start_log(format: LogFormat) {
    let filter =
        Targets::new().with_target("server", tracing::Level::INFO).with_default(tracing::Level::WARN);
    // Colours are for people who look on, not for files.
    let colours = std::io::stderr().is_terminal();
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
    let registry = tracing_subscriber::registry().with(filter);
    match format {
        LogFormat::Text => registry.with(layer.with_target(false)).init(),
        LogFormat::Json => registry.with(layer.json().flatten_event(true)).init(),
    }
    std::panic::set_hook(Box::new(log_panic));
}

/// Says where, and not what: a panic's message can hold a piece of what somebody asked for.
fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(place, "panicked");
}

fn report(outcome: &Outcome, metrics: &Metrics) {
    match outcome {
        Outcome::Unchanged => {}
        Outcome::Replaced(diagnostics) => {
            metrics.loaded("replaced");
            report_all(diagnostics);
            tracing::info!(found = summary(diagnostics), "the library was loaded again");
        }
        Outcome::Kept(diagnostics) => {
            metrics.loaded("kept");
            report_all(diagnostics);
            tracing::error!(
                found = summary(diagnostics),
                "the content folder has errors: the last good library stays"
            );
        }
        Outcome::Unreadable(error) => {
            metrics.loaded("unreadable");
            tracing::error!(%error, "the content folder cannot be read: the last good library stays");
        }
    }
}

fn report_all(diagnostics: &[article::Diagnostic]) {
    for diagnostic in diagnostics {
        let (path, line, column, message) =
            (&diagnostic.path, diagnostic.line, diagnostic.column, &diagnostic.message);
        let place = format!("{path}:{line}:{column}");
        match diagnostic.severity {
            article::Severity::Error => tracing::error!(place, field = diagnostic.field, "{message}"),
            article::Severity::Warning => tracing::warn!(place, field = diagnostic.field, "{message}"),
        }
    }
}

async fn tidy(state: AppState) {
    let mut beat = tokio::time::interval(Duration::from_secs(10));
    loop {
        beat.tick().await;
        state.metrics.tidy();
        state.limits.tidy();
    }
}

/// Ctrl-C, or the signal that a service manager sends.
async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
