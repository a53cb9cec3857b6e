package org.chancery.dist.relay;

/// Where a kill fell, seen from a letter that a client had sent.
enum Moment {
    AT_START("at the start, before it accepted"),
    BEFORE_APPEND("before the append: the letter was taken, nothing of it written"),
    BEFORE_FSYNC("before the fsync: some of it written, not synced"),
    BEFORE_ANSWER("after the fsync, before the answer"),
    AFTER_ANSWER("after the answer: everything stored was answered"),
    BESIDE("beside it: no letter was under way");

    private final String words;

    Moment(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
