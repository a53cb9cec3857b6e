package org.chancery.server.conversation.sqlite;

/// A file is no log of conversations that this program can go on with.
public final class NotALogException extends Exception {

    private static final long serialVersionUID = 1L;

    NotALogException(String message) {
        super(message);
    }

    NotALogException(String message, Throwable cause) {
        super(message, cause);
    }
}
