package org.chancery.protocol.content;

/// Signed octets that are no content. The message says nothing of what they hold.
public final class ContentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ContentFailure failure;

    ContentException(ContentFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    /// Which rule was broken.
    public ContentFailure failure() {
        return failure;
    }
}
