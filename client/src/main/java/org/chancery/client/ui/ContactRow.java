package org.chancery.client.ui;

import org.chancery.client.chat.Contact;

/// One person in the list.
///
/// @param preview the second line
/// @param time when something was last said, empty when nothing was
record ContactRow(Contact contact, String preview, Kind kind, String time) {
    /// What the second line is.
    enum Kind {
        LAST_MESSAGE,
        DRAFT,
        DISTRUST,
        ADDRESS
    }

    /// The words a screen reader says.
    String spoken() {
        String unread = contact.unread() == 0 ? "" : ", " + contact.unread() + " unread";
        return contact.displayName() + ", " + (contact.online() ? "online" : "offline") + unread + ", " + preview
                + (time.isEmpty() ? "" : ", " + time);
    }
}
