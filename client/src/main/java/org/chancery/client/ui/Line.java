package org.chancery.client.ui;

import java.time.LocalDate;
import java.util.Optional;
import org.chancery.client.chat.Message;

/// One line of a conversation as it is shown, top to bottom.
sealed interface Line {
    /// What stays the same when the line is shown again with other content around it.
    String key();

    /// The words a screen reader says.
    String spoken();

    /// Between two days.
    record Day(LocalDate day, String words) implements Line {
        @Override
        public String key() {
            return "day " + day;
        }

        @Override
        public String spoken() {
            return words;
        }
    }

    /// Something that was said.
    ///
    /// @param author the display name, `You` for one's own
    /// @param opensGroup the first of a run by one author, which shows whose it is
    record Bubble(Message message, String author, String time, boolean opensGroup) implements Line {
        @Override
        public String key() {
            return "message " + message.id();
        }

        /// Empty for other people's.
        Optional<Delivery> delivery() {
            return message.mine() ? Optional.of(Delivery.of(message)) : Optional.empty();
        }

        @Override
        public String spoken() {
            return author + ", " + time + ": " + message.text()
                    + delivery().map(delivery -> ", " + delivery.words()).orElse("");
        }
    }

    /// Something that happened: quiet, or loud when a person must act.
    record Note(String key, String words, boolean loud) implements Line {
        @Override
        public String spoken() {
            return words;
        }
    }
}
