package org.chancery.server.testing;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.conversation.Lapse;

/// What nobody fetched of a device's letters, put into a log: to write and to let go of as many takes its time.
public final class LapsedLetters {

    private LapsedLetters() {}

    /// Each of a conversation of its own, numbered.
    ///
    /// @param file a relay may have it open
    public static void note(Path file, DeviceId sender, int from, int to, long through) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement statement =
                        connection.prepareStatement("INSERT OR REPLACE INTO lapse VALUES (?, ?, ?, ?, 1)")) {
            connection.setAutoCommit(false);
            for (int number = from; number < to; number++) {
                Lapse lapse = lapse(number, through);
                statement.setBytes(1, sender.bytes());
                statement.setBytes(2, lapse.conversation().bytes());
                statement.setString(3, lapse.address().value());
                statement.setLong(4, lapse.through());
                statement.executeUpdate();
            }
            connection.commit();
        }
    }

    public static Lapse lapse(int number, long through) {
        ByteBuffer conversation = ByteBuffer.allocate(ConversationId.BYTES).putInt(number);
        return new Lapse(ConversationId.ofBytes(conversation.array()), new Address("bob@lab.example"), through, 1);
    }
}
