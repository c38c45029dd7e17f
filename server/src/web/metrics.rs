//! Counts for operators. Labels are the route's class, the method and the status, and nothing else: no path,
//! no query, no address ever becomes one.

use std::{sync::Arc, time::Duration};

use ::metrics::{counter, gauge, histogram, with_local_recorder};
use axum::http::{Method, StatusCode};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::RouteClass;

/// Upper bounds in seconds. A page takes about a millisecond, so most of them are small.
const BUCKETS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0];

/// One server's counts. Several servers can live in one process, as they do in tests.
#[derive(Clone)]
pub struct Metrics {
    recorder: Arc<PrometheusRecorder>,
    handle: PrometheusHandle,
}

impl Metrics {
    /// Starts counting at nothing.
    pub fn new() -> Self {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&BUCKETS)
            .expect("the list of buckets is not empty")
            .build_recorder();
        let handle = recorder.handle();
        Self { recorder: Arc::new(recorder), handle }
    }

    /// Counts a request that was answered.
    pub fn answered(&self, class: RouteClass, method: &Method, status: StatusCode, took: Duration) {
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            // Anybody can invent methods; labels must stay few.
            _ => "other",
        };
        with_local_recorder(&*self.recorder, || {
            let status = status.as_u16().to_string();
            counter!("doorway_requests_total", "class" => class.name(), "method" => method, "status" => status)
                .increment(1);
            histogram!("doorway_request_seconds", "class" => class.name()).record(took);
        });
    }

    /// Counts a violation of the Content-Security-Policy that a browser has reported.
    pub fn csp_report(&self) {
        with_local_recorder(&*self.recorder, || counter!("doorway_csp_reports_total").increment(1));
    }

    /// Counts a look at the content folder that found something.
    pub fn loaded(&self, outcome: &'static str) {
        with_local_recorder(&*self.recorder, || {
            counter!("doorway_library_loads_total", "outcome" => outcome).increment(1);
        });
    }

    /// The counts as Prometheus reads them, with the library's state.
    pub fn render(&self, articles: usize, errors: u64) -> String {
        with_local_recorder(&*self.recorder, || {
            gauge!("doorway_articles").set(articles as f64);
            gauge!("doorway_content_errors").set(errors as f64);
        });
        self.handle.render()
    }

    /// Sorts what was recorded into its buckets; to be called now and then, scraped or not.
    pub fn tidy(&self) {
        self.handle.run_upkeep();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
