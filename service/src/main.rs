//! The program `kupuya-service`: settings, the service, the end.

use std::process::ExitCode;
use std::sync::Arc;

use std::io::Write;

use kupuya_service::app::App;
use kupuya_service::clock::Clock;
use kupuya_service::serve::Server;
use kupuya_service::settings::{self, SettingsError};

fn main() -> ExitCode {
    // What is no text is a value all the same: nothing that was set counts as left out.
    let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let line = match settings::read(std::env::args_os(), variable) {
        Ok(line) => line,
        Err(SettingsError::Line(error)) => error.exit(),
        Err(error) => return complain(&error.to_string()),
    };
    if line.print {
        let printed = std::io::stdout().write_all(line.settings.printed().as_bytes());
        return if printed.is_ok() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(2)
        };
    }
    for stranger in settings::strangers(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())) {
        say(&stranger);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error.to_string()),
    };
    let app = match App::begin(line.settings, Clock::system()) {
        Ok(app) => Arc::new(app),
        Err(error) => return complain(&error),
    };
    let ended = runtime.block_on(serve(Arc::clone(&app)));
    runtime.shutdown_background();
    app.end_log();
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&error),
    }
}

async fn serve(app: Arc<App>) -> Result<(), String> {
    let stop = stop().map_err(|error| error.to_string())?;
    let server = Server::bind(Arc::clone(&app)).await?;
    let address = server.address().map_err(|error| error.to_string())?;
    let scheme = if app.settings.tls_key.is_some() {
        "https"
    } else {
        "http"
    };
    say(&format!("listening on {scheme}://{address}"));
    if !address.ip().is_loopback() && !app.tokens.asked() {
        say("whoever reaches this address may ask: no tokens are set");
    }
    if app.settings.is_url() && app.settings.keep_dir.is_none() {
        say("after a restart without the bundle server nothing can be answered: no keep_dir is set");
    }
    server.run(stop).await;
    Ok(())
}

/// Ends when the service is told to: by Ctrl-C, or by SIGTERM.
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        let terminated = terminated.recv();
        #[cfg(not(unix))]
        let terminated = std::future::pending::<Option<()>>();
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated => {}
        }
    })
}

fn complain(error: &str) -> ExitCode {
    say(error);
    ExitCode::from(2)
}

fn say(text: &str) {
    // If nobody can read it there is nobody to tell.
    let _ = writeln!(std::io::stderr().lock(), "kupuya-service: {text}");
}
