package org.chancery.dist.relay;

import java.util.List;
import org.chancery.dist.relay.Attacker.Babbler;
import org.chancery.dist.relay.Attacker.Dripper;
import org.chancery.dist.relay.Attacker.Flooder;
import org.chancery.dist.relay.Attacker.Impostor;
import org.chancery.dist.relay.Attacker.Knocker;
import org.chancery.dist.relay.Attacker.Splitter;

/// What is done to the relay, at which rate, what the relay has to call it, and which options take the defence away.
@SuppressWarnings("ImmutableEnumChecker") // what they hold are methods, without state
enum Attack {
    HALF_OPEN(
            "2,000 handshakes begun and left alone, 500 new ones a second, from 8 addresses",
            500,
            4,
            (arms, _) -> new Knocker(arms.port(), Arsenal::anySource, new byte[0], 500),
            List.of(
                    "--max-handshakes",
                    "1000000",
                    "--handshake-timeout",
                    "5m",
                    "--failed-handshake-rate",
                    Payload.UNBOUNDED),
            List.of(
                    "chancery_connections_refused_total{reason=\"given_up\"}",
                    "chancery_connections_refused_total{reason=\"source_failures\"}"),
            "given up for a newer one"),
    DRIPPED_HANDSHAKE(
            "400 handshakes of an octet every 100 ms",
            4000,
            4,
            (arms, _) -> new Dripper(arms.port(), Payload.clientHello(), 100),
            List.of("--handshake-timeout", "5m", "--failed-handshake-rate", Payload.UNBOUNDED),
            List.of("chancery_handshakes_failed_total{failure=\"timeout\"}"),
            "not finished in time"),
    NOT_TLS(
            "HTTP to the relay's port, 200 a second",
            200,
            2,
            (arms, _) -> new Knocker(arms.port(), Arsenal::anySource, Attacker.HTTP, 20),
            List.of("--failed-handshake-rate", Payload.UNBOUNDED),
            List.of(
                    "chancery_handshakes_failed_total{failure=\"not_tls\"}",
                    "chancery_connections_refused_total{reason=\"source_failures\"}"),
            "not TLS"),
    CLIENT_HELLO(
            "a ready-made ClientHello, which costs the relay a key agreement and a signature, 200 a second",
            200,
            2,
            (arms, _) -> new Knocker(arms.port(), Arsenal::anySource, Payload.clientHello(), 20),
            List.of("--failed-handshake-rate", Payload.UNBOUNDED),
            List.of(
                    "chancery_handshakes_failed_total{failure=\"disconnected\"}",
                    "chancery_connections_refused_total{reason=\"source_failures\"}"),
            "hung up"),
    REFUSED_HANDSHAKE(
            "whole handshakes with a certificate of another authority, 200 a second",
            200,
            8,
            (arms, _) -> new Impostor(arms.port(), arms.stranger()),
            List.of("--failed-handshake-rate", Payload.UNBOUNDED),
            List.of(
                    "chancery_handshakes_failed_total{failure=\"certificate_refused\"}",
                    "chancery_connections_refused_total{reason=\"source_failures\"}"),
            "certificate refused"),
    REVOKED(
            "whole handshakes with a revoked certificate, 50 a second",
            50,
            4,
            (arms, _) -> new Impostor(arms.port(), arms.revoked()),
            List.of("--failed-handshake-rate", Payload.UNBOUNDED),
            List.of("chancery_certificates_refused_total{failure=\"revoked\"}"),
            "revoked"),
    NEVER_READ(
            "8 devices that ask without end and never read",
            1000,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.pings(), true),
            List.of("--queued-frames", "65536", "--frame-rate", Payload.UNBOUNDED),
            List.of("chancery_sessions_ended_total{end=\"too_slow\"}"),
            ""),
    LETTER_FLOOD(
            "8 devices write 4,000 letters a second to each other",
            4000,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.letters(arms, n), false),
            List.of("--letter-rate", Payload.UNBOUNDED, "--frame-rate", Payload.UNBOUNDED),
            List.of("chancery_letters_refused_total{error=\"too_many\"}"),
            ""),
    PING_FLOOD(
            "8 devices send 200,000 pings a second",
            1000,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.pings(), false),
            List.of("--frame-rate", Payload.UNBOUNDED, "--octet-rate", Payload.UNBOUNDED),
            List.of("chancery_frames_slowed_total"),
            ""),
    ACKNOWLEDGE_FLOOD(
            "8 devices acknowledge 200,000 times a second",
            1000,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.acknowledgements(arms, n), false),
            List.of("--frame-rate", Payload.UNBOUNDED, "--octet-rate", Payload.UNBOUNDED),
            List.of("chancery_frames_slowed_total"),
            ""),
    SEEN_FLOOD(
            "8 devices say 20,000 times a second that they have seen what lapsed",
            100,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.lapsesSeen(arms), false),
            List.of("--frame-rate", Payload.UNBOUNDED, "--octet-rate", Payload.UNBOUNDED),
            List.of("chancery_frames_slowed_total"),
            ""),
    QUERY_FLOOD(
            "8 devices ask for the whole directory, for history and for rooms, 4,000 times a second",
            4000,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.queries(arms), false),
            List.of("--query-rate", Payload.UNBOUNDED, "--frame-rate", Payload.UNBOUNDED),
            List.of("chancery_requests_refused_total{error=\"too_many\"}"),
            ""),
    MALFORMED(
            "8 devices send frames that are none, are sent away and come back, 20 times a second",
            20,
            8,
            (arms, n) -> new Babbler(arms, n, Payload.malformed(), false),
            List.of(),
            List.of("chancery_sessions_ended_total{end=\"protocol\"}"),
            "broke the protocol: not a protobuf frame"),
    RANDOM(
            "8 devices send random octets, are sent away and come back, 20 times a second",
            20,
            8,
            (arms, n) -> new Babbler(arms, n, Payload.random(), false),
            List.of(),
            List.of("chancery_requests_refused_total{error=\"frame_too_large\"}"),
            "broke the protocol"),
    OVERSIZED(
            "8 devices announce a frame of 16 MiB and send it, 20 times a second",
            20,
            8,
            (arms, n) -> new Babbler(arms, n, Payload.oversized(), false),
            List.of(),
            List.of("chancery_requests_refused_total{error=\"frame_too_large\"}"),
            "broke the protocol: frame of"),
    TRUNCATED(
            "8 devices send 900 KiB of a frame of 1 MiB and go, 20 times a second",
            20,
            8,
            (arms, n) -> new Babbler(arms, n, Payload.truncated(), true),
            List.of(),
            List.of("chancery_sessions_ended_total{end=\"lost\"}"),
            ""),
    WRONG_PLACE(
            "8 devices write into a conversation of two others, 400 letters a second",
            400,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.wrongPlace(arms, n), false),
            List.of("--letter-rate", Payload.UNBOUNDED),
            List.of("chancery_letters_refused_total{error=\"not_a_member\"}"),
            ""),
    REPLAY(
            "8 devices publish somebody else's letter again, 400 a second",
            400,
            8,
            (arms, n) -> new Flooder(arms, n, arms::stolen, false),
            List.of("--letter-rate", Payload.UNBOUNDED),
            List.of("chancery_letters_refused_total{error=\"not_authorised\"}"),
            ""),
    COUNTER_REUSE(
            "8 devices publish other letters under a used counter, 400 a second",
            400,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.reusedCounters(arms, n), false),
            List.of("--letter-rate", Payload.UNBOUNDED),
            List.of("chancery_letters_refused_total{error=\"counter_out_of_order\"}"),
            ""),
    FORGED_RECORD(
            "8 devices submit records of rooms and devices that others have signed, 400 a second",
            400,
            8,
            (arms, n) -> new Flooder(arms, n, Payload.forgedRecords(arms, n), false),
            List.of("--letter-rate", Payload.UNBOUNDED),
            List.of("chancery_requests_refused_total{error=\"not_authorised\"}"),
            ""),
    COME_AND_GO(
            "8 devices come and go, 20 times a second",
            20,
            8,
            (arms, n) -> new Babbler(arms, n, () -> new byte[0], true),
            List.of(),
            List.of("chancery_sessions_ended_total{end=\"left\"}"),
            ""),
    TINY_RECORDS(
            "8 devices send pings, each octet in a TLS record of its own, 200,000 records a second",
            80,
            8,
            (arms, n) -> new Splitter(arms, n, Payload.pings()),
            List.of("--frame-rate", Payload.UNBOUNDED, "--octet-rate", Payload.UNBOUNDED),
            List.of("chancery_frames_slowed_total"),
            "");

    /// Makes one of several attackers.
    @FunctionalInterface
    interface Recruiting {
        Attacker recruit(Arsenal arsenal, int number) throws Exception;
    }

    private final String words;
    private final double perSecond;
    private final int attackers;
    private final Recruiting recruiting;
    private final List<String> undefended;
    private final List<String> refusals;
    private final String logged;

    Attack(
            String words,
            double perSecond,
            int attackers,
            Recruiting recruiting,
            List<String> undefended,
            List<String> refusals,
            String logged) {
        this.words = words;
        this.perSecond = perSecond;
        this.attackers = attackers;
        this.recruiting = recruiting;
        this.undefended = undefended;
        this.refusals = refusals;
        this.logged = logged;
    }

    String words() {
        return words;
    }

    /// How often all attackers together try.
    double perSecond() {
        return perSecond;
    }

    int attackers() {
        return attackers;
    }

    Attacker recruit(Arsenal arsenal, int number) throws Exception {
        return recruiting.recruit(arsenal, number);
    }

    /// Options of a relay without this defence; empty where there is none to be taken away.
    List<String> undefended() {
        return undefended;
    }

    /// The metrics that count it.
    List<String> refusals() {
        return refusals;
    }

    /// What the relay's log says of it; empty where only its metrics do.
    String logged() {
        return logged;
    }
}
