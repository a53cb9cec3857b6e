package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void keepsTheOrderOfMembers() {
        Json document = Json.object()
                .put("serial", "00ff")
                .put("count", 2)
                .put("revoked", false)
                .put("at", Instant.EPOCH)
                .put("names", Json.array().add("a").add(7).add(Json.object()))
                .putIfPresent("missing", Optional.empty())
                .putIfPresent("present", Optional.of("b"));
        assertThat(document.text())
                .isEqualTo("{\"serial\":\"00ff\",\"count\":2,\"revoked\":false,\"at\":\"1970-01-01T00:00:00Z\","
                        + "\"names\":[\"a\",7,{}],\"present\":\"b\"}");
    }

    @Test
    void writesEmptyDocuments() {
        assertThat(Json.object().text()).isEqualTo("{}");
        assertThat(Json.array().text()).isEqualTo("[]");
    }

    @Test
    void escapesWhatJsonForbidsAndWhatTerminalsObey() {
        String text = "\"\\\n\r\t\0\u001b\u007f\u202e\u2028\ud800é\ud83d\ude00";
        assertThat(Json.array().add(text).text())
                .isEqualTo("[\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u007f\\u202e\\u2028\\ud800é\ud83d\ude00\"]");
    }

    @Test
    void refusesMemberTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.object().put("a", 1).put("a", 2));
    }
}
