package org.chancery.server.metrics;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.chancery.pki.path.PathFailure;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.HandshakeFailure;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;

/// What one relay counts. Created with it and handed to whoever has something to count: what several parts share
/// has a method here, what one part knows it adds itself ([#gauge], [#counter], [#reasons], [#histogram]). Names
/// begin with `chancery_`, units are in the names, and every family has its line in `docs/operations.md`, which a
/// test checks. Labels are enumerations, or names of authorities; never a person, a device or an address.
///
/// Thread safe; nothing here blocks.
public final class Metrics {

    private final Registry registry = new Registry();
    private final FrameCounter framesReceived = new FrameCounter();
    private final FrameCounter framesSent = new FrameCounter();
    private final ReasonCounter<ProtocolError> requestsRefused = reasons(
            "chancery_requests_refused_total", "Requests refused, letters apart.", "error", ProtocolError.class);
    private final ReasonCounter<ProtocolError> lettersRefused =
            reasons("chancery_letters_refused_total", "Letters refused.", "error", ProtocolError.class);
    private final ReasonCounter<ConnectionRefusal> connectionsRefused = reasons(
            "chancery_connections_refused_total",
            "Connections that did not become sessions.",
            "reason",
            ConnectionRefusal.class);
    private final ReasonCounter<HandshakeFailure> handshakesFailed = reasons(
            "chancery_handshakes_failed_total", "TLS handshakes that failed.", "failure", HandshakeFailure.class);
    private final ReasonCounter<PathFailure> certificatesRefused = reasons(
            "chancery_certificates_refused_total",
            "Certificates of people refused in a handshake.",
            "failure",
            PathFailure.class);
    private final Counter lettersAppended =
            counter("chancery_letters_appended_total", "Letters answered as being on disk, retries included.");
    private final Counter slowedDown =
            counter("chancery_frames_slowed_total", "Frames after which the sender had to wait.");
    private final Counter signalsDropped =
            counter("chancery_signals_dropped_total", "Signals not said, for their reader is behind.");
    private final Commits commits;
    private final CutOff cutOff;

    /// Nothing has happened yet.
    public Metrics() {
        registry.add("chancery_frames_received_total", "Frames read.", MetricType.COUNTER, framesReceived::write);
        registry.add("chancery_frames_sent_total", "Frames written.", MetricType.COUNTER, framesSent::write);
        registry.add(
                "chancery_letters_delivered_total",
                "Letters written to devices.",
                MetricType.COUNTER,
                out -> out.sample("", (double) framesSent.count(Frame.Deliver.class)));
        commits = new Commits(this);
        cutOff = new CutOff(histogram(
                "chancery_revocation_cutoff_seconds",
                "From CRLs that revoke a device to its closed socket.",
                CutOff.BOUNDS));
    }

    /// A letter or something else was refused.
    public void refused(Frame.Refused refusal) {
        (refusal.publish().isPresent() ? lettersRefused : requestsRefused).increment(refusal.error());
    }

    /// A letter is on disk, and its sender is told.
    public void letterAppended() {
        lettersAppended.increment();
    }

    /// A signal (who comes, goes or writes) was not said to somebody who is behind.
    public void signalDropped() {
        signalsDropped.increment();
    }

    /// A client sends more than it may, and is read more slowly.
    public void slowedDown() {
        slowedDown.increment();
    }

    /// A connection did not become a session.
    public void refused(ConnectionRefusal reason) {
        connectionsRefused.increment(reason);
    }

    /// A connection did not become a session, for its handshake failed.
    public void refused(HandshakeException failed) {
        connectionsRefused.increment(ConnectionRefusal.HANDSHAKE);
        handshakesFailed.increment(failed.failure());
        failed.pathFailure().ifPresent(certificatesRefused::increment);
    }

    /// A frame was read.
    public void received(Frame frame) {
        framesReceived.increment(frame);
    }

    /// A frame was written.
    public void sent(Frame frame) {
        framesSent.increment(frame);
    }

    /// A letter was written to one of its readers.
    public void delivered() {
        framesSent.increment(Frame.Deliver.class);
    }

    /// What the log's writer tells of its commits.
    public Commits commits() {
        return commits;
    }

    /// Where the time from a CRL to the end of those it revokes is taken.
    public CutOff cutOff() {
        return cutOff;
    }

    /// Adds something that only grows.
    public Counter counter(String name, String help) {
        Counter counter = new Counter();
        registry.add(name, help, MetricType.COUNTER, out -> out.sample("", (double) counter.count()));
        return counter;
    }

    /// Adds something that only grows, by reason.
    ///
    /// @param label what the reasons are called
    public <E extends Enum<E>> ReasonCounter<E> reasons(String name, String help, String label, Class<E> reasons) {
        Exposition.requireName(label);
        ReasonCounter<E> counter = new ReasonCounter<>(reasons);
        registry.add(name, help, MetricType.COUNTER, out -> counter.write(out, label));
        return counter;
    }

    /// Adds a state.
    ///
    /// @param value asked for whenever somebody looks, on that thread; NaN if it is not to be had
    public void gauge(String name, String help, DoubleSupplier value) {
        registry.add(name, help, MetricType.GAUGE, out -> out.sample("", value.getAsDouble()));
    }

    /// Adds a state of each of several things.
    ///
    /// @param values by the thing's name, which may come from outside; there must be few
    public void gauges(String name, String help, String label, Supplier<Map<String, Double>> values) {
        Exposition.requireName(label);
        registry.add(
                name,
                help,
                MetricType.GAUGE,
                out -> values.get().forEach((thing, value) -> out.sample("", label, thing, value)));
    }

    /// Adds a distribution.
    ///
    /// @param bounds in rising order
    public Histogram histogram(String name, String help, double... bounds) {
        Histogram histogram = new Histogram(bounds);
        registry.add(name, help, MetricType.HISTOGRAM, histogram::write);
        return histogram;
    }

    /// Everything, as Prometheus reads it (text format 0.0.4).
    public String text() {
        return registry.text();
    }
}
