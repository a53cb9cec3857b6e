package org.chancery.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chancery.client.chat.ChainState;
import org.chancery.client.chat.DeviceState;
import org.chancery.client.chat.ListedDevice;
import org.chancery.client.chat.Listing;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.junit.jupiter.api.Test;

class DirectoryCommandTest {
    private static final Path PAGE = Path.of("..", "docs", "json.md");
    private static final ListedDevice DEVICE = new ListedDevice(
            new DeviceId("ab".repeat(32)),
            "cd".repeat(32),
            Instant.parse("2027-12-24T10:00:00Z"),
            DeviceState.VALID,
            true,
            false,
            true);

    private static String json(ChainState chain, Optional<String> fault) {
        return DirectoryCommand.document(
                        List.of(new Listing(new Address("bob@lab.example"), "Bob", chain, fault, List.of(DEVICE))))
                .text()
                .replaceAll("[0-9a-f]{64}", "<sha256>");
    }

    @Test
    void printsWhatThePageSays() throws Exception {
        assertThat(Files.readAllLines(PAGE)).contains(json(ChainState.VERIFIED, Optional.empty()));
    }

    @Test
    void saysWhyAChainDoesNotHold() {
        assertThat(json(ChainState.BROKEN, Optional.of("forged")))
                .contains("\"chain\":\"broken\",\"chainFault\":\"forged\"");
    }

    /// The page names every word there is.
    @Test
    void hasNoWordThatThePageDoesNotName() throws Exception {
        String page = Files.readString(PAGE);
        for (ChainState state : ChainState.values()) {
            assertThat(page).contains("`" + state.name().toLowerCase(Locale.ROOT) + "`");
        }
        for (DeviceState state : DeviceState.values()) {
            assertThat(page).contains("`" + state.name().toLowerCase(Locale.ROOT) + "`");
        }
    }
}
