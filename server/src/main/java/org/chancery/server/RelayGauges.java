package org.chancery.server;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.server.metrics.Metrics;

/// States of the relay as a whole, looked at when somebody asks.
final class RelayGauges {

    private static final double MILLIS = 1e3;

    private RelayGauges() {}

    static void add(Metrics metrics, DataDirectory data, Supplier<CrlSet> crls, Supplier<Instant> notAfter) {
        metrics.gauges(
                "chancery_crl_this_update_timestamp_seconds",
                "When the CRL that counts was issued.",
                "issuer",
                () -> times(crls.get(), Crl::thisUpdate));
        metrics.gauges(
                "chancery_crl_next_update_timestamp_seconds",
                "When the CRL that counts has to be replaced.",
                "issuer",
                () -> times(crls.get(), Crl::nextUpdate));
        metrics.gauge(
                "chancery_certificate_not_after_timestamp_seconds",
                "When the relay's own certificate ends.",
                () -> seconds(notAfter.get()));
        metrics.gauge("chancery_disk_free_bytes", "Left on the disk of the data directory.", () -> free(data));
        metrics.gauge("chancery_log_bytes", "The log on disk, with its write-ahead log.", data::logBytes);
        metrics.gauge("chancery_heap_used_bytes", "Java heap in use, garbage included.", RelayGauges::heap);
    }

    private static Map<String, Double> times(CrlSet crls, Function<Crl, Instant> time) {
        Map<String, Double> byIssuer = new TreeMap<>();
        crls.crls().forEach(crl -> byIssuer.merge(crl.issuer().getName(), seconds(time.apply(crl)), Math::min));
        return byIssuer;
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / MILLIS;
    }

    private static double free(DataDirectory data) {
        long bytes = data.freeBytes();
        return bytes < 0 ? Double.NaN : bytes;
    }

    private static double heap() {
        Runtime runtime = Runtime.getRuntime();
        return (double) runtime.totalMemory() - runtime.freeMemory();
    }
}
