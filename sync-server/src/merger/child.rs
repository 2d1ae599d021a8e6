//! The child's own side: `caravan merger` reads requests from its standard input until that ends.

use std::io::{self, Read, Write};

use super::{Request, examine, pipe};

/// What the child may use, whatever a change would inflate to.
pub const MEMORY_BYTES: u64 = 512 << 20;
/// Of processor time for one request.
pub const CPU_SECONDS: u64 = 5;

/// Said first: a child that says something else is another version of the relay.
pub(super) const GREETING: &str = concat!("merger ", env!("CARGO_PKG_VERSION"));

/// # Errors
/// When the limits cannot be set, or a pipe breaks.
pub fn run() -> io::Result<()> {
    limit_memory()?;
    step_back()?;
    // What a panic would say could show what a client's record holds.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    say(&mut output, &GREETING)?;
    while let Some(requests) = hear(&mut input)? {
        let mut reports = Vec::with_capacity(requests.len());
        for request in &requests {
            limit_time()?;
            reports.push(examine(request));
        }
        say(&mut output, &reports)?;
    }
    Ok(())
}

fn say<T: serde::Serialize>(output: &mut impl Write, message: &T) -> io::Result<()> {
    output.write_all(&pipe::encoded(message)?)?;
    output.flush()
}

/// `None` when the relay has gone.
fn hear(input: &mut impl Read) -> io::Result<Option<Vec<Request>>> {
    let mut header = [0; 4];
    match input.read_exact(&mut header) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut body = vec![0; pipe::length(header)?];
    input.read_exact(&mut body)?;
    pipe::decoded(&body).map(Some)
}

/// Receiving and acknowledging goes before looking into what was received.
#[cfg(unix)]
fn step_back() -> io::Result<()> {
    const STEPS: i32 = 19;
    rustix::process::nice(STEPS)?;
    Ok(())
}

#[cfg(unix)]
fn limit_memory() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = Some(MEMORY_BYTES);
    let limit = Rlimit {
        current: most,
        maximum: most,
    };
    Ok(setrlimit(Resource::As, limit)?)
}

/// From here on: what was used for earlier requests does not count.
#[cfg(unix)]
fn limit_time() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    let most = u64::try_from(used).unwrap_or(0) + 1 + CPU_SECONDS;
    let limit = Rlimit {
        current: Some(most),
        maximum: getrlimit(Resource::Cpu).maximum,
    };
    Ok(setrlimit(Resource::Cpu, limit)?)
}

#[cfg(not(unix))]
fn step_back() -> io::Result<()> {
    Ok(())
}

/// Elsewhere the relay's patience is the only limit.
#[cfg(not(unix))]
fn limit_memory() -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn limit_time() -> io::Result<()> {
    Ok(())
}
