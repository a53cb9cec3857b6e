package org.chancery.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void showsEveryReasonFromTheStart() {
        metrics.refused(Frame.Refused.request(1, ProtocolError.STALE_SEAL, "stale"));
        metrics.refused(Frame.Refused.request(1, ProtocolError.STALE_SEAL, "stale"));
        assertThat(metrics.text().lines())
                .contains(
                        "# TYPE chancery_requests_refused_total counter",
                        "chancery_requests_refused_total{error=\"stale_seal\"} 2",
                        "chancery_requests_refused_total{error=\"not_a_member\"} 0",
                        "chancery_letters_refused_total{error=\"stale_seal\"} 0");
    }

    @Test
    void countsFramesByKind() {
        metrics.sent(new Frame.CaughtUp());
        metrics.received(new Frame.Ping(1));
        assertThat(metrics.text().lines())
                .contains(
                        "chancery_frames_sent_total{kind=\"caught_up\"} 1",
                        "chancery_frames_received_total{kind=\"ping\"} 1",
                        "chancery_frames_received_total{kind=\"caught_up\"} 0");
    }

    @Test
    void addsUpTheBucketsOfAHistogram() {
        Histogram sizes = metrics.histogram("chancery_sizes", "Sizes.", 0.0005, 1, 10);
        for (double size : new double[] {0.0005, 1, 2, 2, 1e6}) {
            sizes.observe(size);
        }
        assertThat(metrics.text()).contains("""
                        # HELP chancery_sizes Sizes.
                        # TYPE chancery_sizes histogram
                        chancery_sizes_bucket{le="0.0005"} 1
                        chancery_sizes_bucket{le="1"} 2
                        chancery_sizes_bucket{le="10"} 4
                        chancery_sizes_bucket{le="+Inf"} 5
                        chancery_sizes_sum 1000005.0005
                        chancery_sizes_count 5
                        """);
    }

    /// Who names an authority must not be able to write a sample of his own.
    @Test
    void escapesWhatComesFromOutside() {
        metrics.gauges(
                "chancery_things", "Things.", "issuer", () -> Map.of("CN=a\"} 1\nchancery_x 1\\\u202e\u001b[31m", 1.0));
        assertThat(metrics.text().lines())
                .contains("chancery_things{issuer=\"CN=a\\\"} 1<U+000A>chancery_x 1\\\\<U+202E><U+001B>[31m\"} 1");
    }

    @Test
    void showsNoNumberForWhatIsNotToBeHad() {
        metrics.gauge("chancery_unknown", "Unknown.", () -> Double.NaN);
        metrics.gauge("chancery_large", "Large.", () -> 123_456_789_012.0);
        assertThat(metrics.text().lines()).contains("chancery_unknown NaN", "chancery_large 123456789012");
    }

    @Test
    void refusesANameTwiceAndANameThatWouldNeedAnEscape() {
        metrics.counter("chancery_a", "A.");
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.counter("chancery_a", "A."));
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.counter("chancery a", "A."));
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.histogram("chancery_h", "H.", 2, 1));
    }
}
