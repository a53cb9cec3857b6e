package org.chancery.client.ui;

import java.util.Locale;
import javax.accessibility.Accessible;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.accessibility.AccessibleState;
import javax.accessibility.AccessibleStateSet;
import org.jspecify.annotations.Nullable;

/// One line of a [MessageList] to a screen reader: there is no component of its own behind it.
final class AccessibleLine extends AccessibleContext implements Accessible {
    private final MessageList list;
    private final int index;

    AccessibleLine(MessageList list, Line line, int index) {
        this.list = list;
        this.index = index;
        setAccessibleParent(list);
        setAccessibleName(line.spoken());
    }

    @Override
    public AccessibleContext getAccessibleContext() {
        return this;
    }

    @Override
    public AccessibleRole getAccessibleRole() {
        return AccessibleRole.LABEL;
    }

    @Override
    public AccessibleStateSet getAccessibleStateSet() {
        return new AccessibleStateSet(new AccessibleState[] {AccessibleState.ENABLED, AccessibleState.VISIBLE});
    }

    @Override
    public int getAccessibleIndexInParent() {
        return index;
    }

    @Override
    public int getAccessibleChildrenCount() {
        return 0;
    }

    @Override
    public @Nullable Accessible getAccessibleChild(int child) {
        return null;
    }

    @Override
    public Locale getLocale() {
        return list.getLocale();
    }
}
