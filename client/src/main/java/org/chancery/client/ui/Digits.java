package org.chancery.client.ui;

import java.awt.BorderLayout;
import java.util.StringJoiner;
import javax.swing.BorderFactory;
import javax.swing.JComponent;

/// Hex digits the way people compare them aloud: in groups of four, four groups to a row, to be marked and copied.
final class Digits {
    private static final int GROUP = 4;

    private static final int GROUPS = 4;

    private final Pane box = new Pane(Tone.SIDE, 8, new BorderLayout());

    /// @param what they are of, for screen readers
    Digits(String what, String hex) {
        Edt.require();
        Paragraph digits = new Paragraph(Type.FIXED, Tone.INK, rows(hex));
        digits.setFocusable(true);
        digits.getAccessibleContext().setAccessibleName(what);
        box.setBorder(BorderFactory.createEmptyBorder(8, 10, 8, 10));
        box.add(digits);
    }

    JComponent component() {
        return box;
    }

    static String rows(String hex) {
        StringJoiner rows = new StringJoiner("\n");
        int row = GROUP * GROUPS;
        for (int start = 0; start < hex.length(); start += row) {
            rows.add(grouped(hex.substring(start, Math.min(hex.length(), start + row))));
        }
        return rows.toString();
    }

    /// The first digits, enough to tell one person's devices apart.
    static String brief(String hex) {
        return grouped(hex.substring(0, Math.min(hex.length(), 2 * GROUP)));
    }

    private static String grouped(String hex) {
        StringJoiner groups = new StringJoiner(" ");
        for (int start = 0; start < hex.length(); start += GROUP) {
            groups.add(hex.substring(start, Math.min(hex.length(), start + GROUP)));
        }
        return groups.toString();
    }
}
