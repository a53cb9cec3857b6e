package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A hostile relay, a hostile member, a hostile authority, and each of the latter two with a relay in league: every
/// attack has its own outcome, with real cryptography.
final class HostilityTest {
    @TempDir
    private Path directory;

    static List<Attack> attacks() {
        return Attack.all();
    }

    @Test
    void thereAreManyOfEachKind() {
        assertThat(attacks()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(attacks()).extracting(Attack::toString).doesNotHaveDuplicates();
        assertThat(attacks()).extracting(Attack::by).contains(Attack.By.values());
        assertThat(attacks()).extracting(Attack::script).contains(Script.values());
    }

    @ParameterizedTest
    @EnumSource
    void everythingArrivesAndNobodyComplainsWhereNothingIsDone(Script script) throws Exception {
        try (Stage stage = new Stage(script, directory)) {
            script.play(stage);

            assertThat(stage.acts()).isZero();
            assertThat(stage.said()).isNotEmpty();
            new Outcome.Nothing().check(stage);
            Outcome.checkAlways(stage);
        }
    }

    @ParameterizedTest
    @Defends({
        Threat.SIGNED_WORDS_MOVED,
        Threat.TWO_TEXTS_IN_ONE,
        Threat.SIGNED_FOR_SOMETHING_ELSE,
        Threat.NUMBER_USED_TWICE,
        Threat.HISTORY_SHOWN_DIFFERENTLY,
        Threat.MEMBER_NOBODY_LET_IN,
        Threat.DEVICE_NOBODY_LET_IN,
        Threat.CHAIN_BEGUN_ANEW,
        Threat.OLD_KEY_SHOWN_AGAIN,
        Threat.SIGNED_AFTER_THE_THEFT,
        Threat.HANDED_ON_AS_ANOTHERS
    })
    @MethodSource("attacks")
    void isCalledByItsName(Attack attack) throws Exception {
        try (Stage stage = new Stage(attack.script(), directory)) {
            attack.deed().arrange(stage);
            attack.script().play(stage);

            assertThat(stage.acts()).as("it was done").isPositive();
            Outcome.checkAlways(stage);
            attack.outcome().check(stage);
        }
    }
}
