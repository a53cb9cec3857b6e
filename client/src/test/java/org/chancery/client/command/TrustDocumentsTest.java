package org.chancery.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chancery.client.chat.ContactDevice;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.DeviceState;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.Verification;
import org.chancery.client.store.ChainChange;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.device.SafetyNumber;
import org.chancery.protocol.device.SixWords;
import org.junit.jupiter.api.Test;

/// What `client devices` and `client verify` print, and what the page says of it.
final class TrustDocumentsTest {
    private static final Path PAGE = Path.of("..", "docs", "json.md");
    private static final DeviceId LAPTOP = new DeviceId("ab".repeat(32));
    private static final DeviceId PHONE = new DeviceId("cd".repeat(32));
    private static final Instant JOINED = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant END = Instant.parse("2027-12-24T10:00:00Z");
    private static final SixWords WORDS =
            new SixWords(List.of("baron", "lord", "mountain", "teenager", "mocha", "region"));
    private static final DevicesView.OnChain ON_CHAIN =
            new DevicesView.OnChain(LAPTOP, JOINED, true, Optional.of(DeviceState.VALID), Optional.of(END), true);

    private static void assertOnPage(String json) throws Exception {
        assertThat(Files.readAllLines(PAGE)).contains(json.replaceAll("[0-9a-f]{64}", "<sha256>"));
    }

    @Test
    void anOldDeviceShowsWhoWaits() throws Exception {
        assertOnPage(DevicesListCommand.document(new DevicesView(
                        DeviceStanding.ON_CHAIN,
                        Optional.empty(),
                        List.of(ON_CHAIN),
                        List.of(new DevicesView.Waiting(PHONE, JOINED, WORDS)),
                        Optional.empty()))
                .text());
    }

    @Test
    void aNewDeviceShowsItsWords() {
        assertThat(DevicesListCommand.document(new DevicesView(
                                DeviceStanding.WAITING, Optional.of(WORDS), List.of(), List.of(), Optional.empty()))
                        .text())
                .isEqualTo("{\"standing\":\"waiting\",\"words\":\"baron lord mountain teenager mocha region\","
                        + "\"devices\":[],\"waiting\":[]}");
    }

    @Test
    void verifyShowsNumberAndPath() throws Exception {
        assertOnPage(VerifyCommand.document(
                        new Verification(
                                new Address("bob@lab.example"),
                                Optional.of(new SafetyNumber(
                                        "087746354246293496975608611444994760027600201854304654708174")),
                                true,
                                Optional.empty(),
                                List.of(new ContactDevice(
                                        LAPTOP, JOINED, END, List.of("bob@lab.example", "Lab Root CA")))),
                        false)
                .text());
    }

    @Test
    void verifyShowsADispute() {
        assertThat(VerifyCommand.document(
                                new Verification(
                                        new Address("bob@lab.example"),
                                        Optional.empty(),
                                        false,
                                        Optional.of(ChainChange.ANEW),
                                        List.of()),
                                false)
                        .text())
                .isEqualTo("{\"address\":\"bob@lab.example\",\"dispute\":\"anew\",\"verified\":false,\"devices\":[]}");
    }

    /// The page names every word there is.
    @Test
    void haveNoWordThatThePageDoesNotName() throws Exception {
        String page = Files.readString(PAGE);
        for (DeviceStanding standing : DeviceStanding.values()) {
            assertThat(page).contains("`" + standing.name().toLowerCase(Locale.ROOT) + "`");
        }
        for (ChainChange change : ChainChange.values()) {
            assertThat(page).contains("`" + change.name().toLowerCase(Locale.ROOT) + "`");
        }
    }
}
