package org.chancery.client.ui;

import org.chancery.client.chat.Message;

/// How far one's own message has come, as a sign and in words. Other people's messages have none.
enum Delivery {
    WAITING("waiting to be sent", Mark.CLOCK),
    SENT("sent: the relay keeps it for them", Mark.CHECK),
    NOT_SENT("not sent", Mark.FAILED);

    private final String words;
    private final Mark mark;

    Delivery(String words, Mark mark) {
        this.words = words;
        this.mark = mark;
    }

    /// @param message one of one's own
    static Delivery of(Message message) {
        return switch (message.state()) {
            case QUEUED -> WAITING;
            case PUBLISHED, RECEIVED, NOTE -> SENT; // one's own from another device comes back as received
            case FAILED -> NOT_SENT;
        };
    }

    String words() {
        return words;
    }

    Mark mark() {
        return mark;
    }
}
